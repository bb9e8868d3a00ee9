#include "database/database_address.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace acuguide::database {
namespace {

TEST(DatabaseAddress, ReadsBothForms) {
  const auto file = DatabaseAddress::parse("sqlite:/data/out comes.sqlite", "test");
  EXPECT_EQ(file.kind, DatabaseAddress::Kind::Sqlite);
  EXPECT_EQ(file.file, "/data/out comes.sqlite");
  const auto server =
      DatabaseAddress::parse("postgresql://anna:s%40cret@db.clinic:6432/acuguide?sslmode=require", "test");
  EXPECT_EQ(server.kind, DatabaseAddress::Kind::Postgresql);
  EXPECT_EQ(server.host, "db.clinic");
  EXPECT_EQ(server.port, 6432);
  EXPECT_EQ(server.user, "anna");
  EXPECT_EQ(server.password, "s@cret");
  EXPECT_EQ(server.name, "acuguide");
  EXPECT_EQ(server.options, "sslmode=require");
  EXPECT_EQ(server.text(), "postgresql://anna@db.clinic:6432/acuguide") << "never the password";
  EXPECT_EQ(DatabaseAddress::parse("postgresql://h/n", "test").port, 5432);
}

TEST(DatabaseAddress, RefusesWhatNamesNoDatabase) {
  for (const char* wrong :
       {"", "sqlite:", "mysql://h/n", "postgresql:///n", "postgresql://h", "postgresql://h/a/b",
        "postgresql://h:port/n", "outcomes.sqlite", "postgresql://h/n?options=-c%20a;b"})
    EXPECT_THROW(DatabaseAddress::parse(wrong, "--database"), Error) << wrong;
}

}  // namespace
}  // namespace acuguide::database
