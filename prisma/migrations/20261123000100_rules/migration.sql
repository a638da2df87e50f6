-- Rules that the schema files cannot say. Two processes cannot break what these keep.

-- Words that mean something to the program.
ALTER TABLE "Membership" ADD CONSTRAINT "membership_kind" CHECK ("kind" IN ('official', 'temporary'));
ALTER TABLE "MemberStatus" ADD CONSTRAINT "member_status_kind" CHECK ("kind" IN ('official', 'probationary', 'exempt', 'suspended'));
ALTER TABLE "Appointment" ADD CONSTRAINT "appointment_role" CHECK ("role" IN ('officer', 'operator'));
ALTER TABLE "RegistryImport" ADD CONSTRAINT "registry_import_state" CHECK ("state" IN ('waiting', 'confirmed', 'discarded'));
ALTER TABLE "Delivery" ADD CONSTRAINT "delivery_state"
  CHECK ("state" IN ('waiting', 'sending', 'sent', 'failed', 'unknown', 'superseded', 'putAside'));
ALTER TABLE "NoticeIssue" ADD CONSTRAINT "notice_issue_state" CHECK ("state" IN ('draft', 'issued', 'discarded'));
ALTER TABLE "NoticeEntry" ADD CONSTRAINT "notice_entry_level" CHECK ("level" IN ('excellent', 'good', 'completed', 'notCompleted'));
ALTER TABLE "Task" ADD CONSTRAINT "task_state" CHECK ("state" IN ('assigned', 'reported', 'accepted', 'returned', 'cancelled'));
ALTER TABLE "Vote" ADD CONSTRAINT "vote_state" CHECK ("state" IN ('open', 'closed'));

-- The audit is only ever added to.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;
CREATE TRIGGER "audit_only_added_to" BEFORE UPDATE OR DELETE ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- An issued notice stands as it was issued.
CREATE FUNCTION "keep_issued_notice"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'issued' AND (
    TG_OP = 'DELETE'
    OR (NEW."state", NEW."wardId", NEW."kind", NEW."period", NEW."number", NEW."text", NEW."issuerPersonId",
        NEW."issuerName", NEW."issuerTitle", NEW."issuedAt")
      IS DISTINCT FROM
       (OLD."state", OLD."wardId", OLD."kind", OLD."period", OLD."number", OLD."text", OLD."issuerPersonId",
        OLD."issuerName", OLD."issuerTitle", OLD."issuedAt")
  ) THEN
    RAISE EXCEPTION 'an issued notice is not changed';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "issued_notice_stands" BEFORE UPDATE OR DELETE ON "NoticeIssue"
  FOR EACH ROW EXECUTE FUNCTION "keep_issued_notice"();

CREATE FUNCTION "keep_issued_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "NoticeIssue" WHERE "id" = OLD."issueId" AND "state" = 'issued') AND (
    TG_OP = 'DELETE'
    OR (NEW."issueId", NEW."personId", NEW."branchId", NEW."score", NEW."grade", NEW."level", NEW."remark")
      IS DISTINCT FROM
       (OLD."issueId", OLD."personId", OLD."branchId", OLD."score", OLD."grade", OLD."level", OLD."remark")
  ) THEN
    RAISE EXCEPTION 'a result of an issued notice is not changed';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "issued_entry_stands" BEFORE UPDATE OR DELETE ON "NoticeEntry"
  FOR EACH ROW EXECUTE FUNCTION "keep_issued_entry"();

-- A closed vote takes no more choices.
CREATE FUNCTION "refuse_late_choice"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "Vote" WHERE "id" = NEW."voteId" AND "state" = 'open') THEN
    RAISE EXCEPTION 'the vote is closed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "no_late_choice" BEFORE INSERT OR UPDATE ON "VoteChoice"
  FOR EACH ROW EXECUTE FUNCTION "refuse_late_choice"();
