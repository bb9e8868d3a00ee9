/// Linked into acuguide by the address sanitizer's build only: modules a library loads (graphics drivers,
/// plugins) stay loaded, so that the leak checker can name them at the end and cmake/lsan.supp applies to
/// them.
extern "C" int dlclose(void*) { return 0; }
