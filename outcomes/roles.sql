-- Rights in a PostgreSQL database that several rooms share. Run once, after acuguide has made its tables, as the
-- owner of the database who may also make roles:
--   psql "postgresql://owner@host/acuguide" -f outcomes/roles.sql
-- Then give each person a login of their own and one of the roles:
--   CREATE ROLE anna LOGIN PASSWORD '…' IN ROLE acuguide_writer;
--
--   acuguide_reader  sees scores, sessions and events: statistics, reports. No names.
--   acuguide_writer  adds to them and corrects; deletes nothing, changes no code, sees no names.
--   acuguide_names   the sealed names and notes (useless without the key file), on top of one of the others.
-- The tables are changed (migrations) by the owner alone.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'acuguide_reader') THEN
    CREATE ROLE acuguide_reader NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'acuguide_writer') THEN
    CREATE ROLE acuguide_writer NOLOGIN IN ROLE acuguide_reader;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'acuguide_names') THEN
    CREATE ROLE acuguide_names NOLOGIN;
  END IF;
END $$;

GRANT SELECT ON schema_version, person, measurement, session, adverse_event, correction TO acuguide_reader;
GRANT INSERT ON person, measurement, session, adverse_event, correction TO acuguide_writer;
GRANT UPDATE (arm, side) ON person TO acuguide_writer;
GRANT UPDATE (grade, score, taken_on, assessor) ON measurement TO acuguide_writer;
GRANT SELECT, INSERT, UPDATE ON identity TO acuguide_names;
