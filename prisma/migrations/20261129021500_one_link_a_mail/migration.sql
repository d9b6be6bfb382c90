-- A mail carries one link of one type. A process of the version before writes and reads a column for each
-- type, and may run beside the newer one: whatever either inserts, the trigger makes whole for the other.

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "link_row_id" UUID,
ADD COLUMN     "link_type" TEXT;

CREATE FUNCTION "keep_mail_links_alike"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.link_type IS NULL THEN
    NEW.link_row_id := coalesce(NEW.reset_id, NEW.case_id, NEW.invitation_id, NEW.link_id);
    NEW.link_type := CASE
      WHEN NEW.reset_id IS NOT NULL THEN 'password reset'
      WHEN NEW.case_id IS NOT NULL THEN 'case'
      WHEN NEW.invitation_id IS NOT NULL THEN 'staff-invitation'
      WHEN NEW.kind LIKE 'confirm-%' THEN NEW.kind
      ELSE 'object-case' END;
  ELSE
    NEW.reset_id := CASE WHEN NEW.link_type = 'password reset' THEN NEW.link_row_id END;
    NEW.case_id := CASE WHEN NEW.link_type = 'case' THEN NEW.link_row_id END;
    NEW.invitation_id := CASE WHEN NEW.link_type = 'staff-invitation' THEN NEW.link_row_id END;
    NEW.link_id := CASE WHEN NEW.link_type LIKE 'confirm-%' OR NEW.link_type = 'object-case'
      THEN NEW.link_row_id END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "mail_links_are_alike" BEFORE INSERT ON "mail" FOR EACH ROW
  WHEN (coalesce(NEW.link_row_id, NEW.reset_id, NEW.case_id, NEW.invitation_id, NEW.link_id) IS NOT NULL)
  EXECUTE FUNCTION "keep_mail_links_alike"();
