# What `cmake --install` puts where, and the Debian package that scripts/package makes of it.
include(GNUInstallDirs)
set(doc ${CMAKE_INSTALL_DATADIR}/doc/acuguide)

install(TARGETS acuguide RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY sample_data/plans DESTINATION ${CMAKE_INSTALL_DATADIR}/acuguide)
install(FILES sample_data/landmarks_right_leg.json DESTINATION ${CMAKE_INSTALL_DATADIR}/acuguide)
install(DIRECTORY docs/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/acuguide)
install(FILES packaging/acuguide.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES packaging/acuguide.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES packaging/io.github.acuguide.acuguide.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES packaging/acuguide.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME acuguide)
install(FILES packaging/copyright README.md DESTINATION ${doc})
install(FILES docs/accuracy.md docs/calibration.md docs/file_formats.md docs/guidance.md docs/interoperability.md docs/outcomes.md
              docs/safety.md docs/user_guide.md docs/volume.md DESTINATION ${doc})
file(GLOB cards CONFIGURE_DEPENDS training/*_model_card.md)
install(FILES ${cards} DESTINATION ${doc}/models)
# Made by scripts/package from the program's --help and from CHANGELOG.md.
install(FILES ${PROJECT_BINARY_DIR}/packaging/acuguide.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(FILES ${PROJECT_BINARY_DIR}/packaging/changelog.gz DESTINATION ${doc} OPTIONAL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME acuguide)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Ultrasound-guided acupotomy navigation")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION_SUMMARY}
 Reads ultrasound from a capture device, finds tissue planes and the needle in real time, and shows where the blade goes.
 Research and training software; not a medical device.")
set(CPACK_PACKAGE_CONTACT "acuguide developers <acuguide@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no linker sees: plug-ins, fonts, the offscreen display, the numbers beside a ruler.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, qt6-qpa-plugins, gstreamer1.0-plugins-base, gstreamer1.0-plugins-good, tesseract-ocr-eng, xvfb, libgl1-mesa-dri, fonts-noto-core")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk, libqt6sql6-psql, gstreamer1.0-libav")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
