-- DropForeignKey
ALTER TABLE "Delivery" DROP CONSTRAINT "Delivery_editsId_fkey";

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "lasting" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Posted" (
    "deliveryId" INTEGER NOT NULL,
    "key" TEXT,
    "chatId" BIGINT NOT NULL,
    "messageId" INTEGER NOT NULL,
    "postedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Posted_pkey" PRIMARY KEY ("deliveryId")
);

-- CreateIndex
CREATE INDEX "Posted_chatId_messageId_idx" ON "Posted"("chatId", "messageId");

-- CreateIndex
CREATE INDEX "Posted_postedAt_idx" ON "Posted"("postedAt");

-- What may be edited or answered later, as the keys of its deliveries say.
UPDATE "Delivery" SET "lasting" = true
WHERE "editsId" IS NULL AND "key" ~ '^(vote:[0-9]+:open|activity:[0-9]+:group|notice:[0-9]+:(group|person):|personal:[0-9]+:|task:[0-9]+:call:)';
INSERT INTO "Posted" ("deliveryId", "key", "chatId", "messageId", "postedAt")
SELECT "id", "key", "chatId", "messageId", COALESCE("finishedAt", "createdAt")
FROM "Delivery" WHERE "lasting" AND "messageId" IS NOT NULL;

-- Edits that follow a group to its new chat would change whatever has that number there: they are not sent.
UPDATE "Delivery" AS "edit" SET "state" = 'superseded', "message" = NULL
FROM "Delivery" AS "edited"
WHERE "edited"."id" = "edit"."editsId" AND "edited"."chatId" <> "edit"."chatId"
  AND "edit"."state" IN ('waiting', 'sending', 'failed', 'unknown');

-- A message keeps its number only in its own chat, and an edit goes where the message stands that it changes.
CREATE FUNCTION "keep_number_in_its_chat"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."chatId" <> OLD."chatId" AND NEW."messageId" = OLD."messageId" THEN
    RAISE EXCEPTION 'a message has its number only in its own chat' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "number_in_its_chat" BEFORE UPDATE OF "chatId" ON "Delivery"
  FOR EACH ROW EXECUTE FUNCTION "keep_number_in_its_chat"();

CREATE FUNCTION "keep_edit_in_its_chat"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stands bigint;
BEGIN
  IF NEW."editsId" IS NOT NULL THEN
    SELECT "chatId" INTO stands FROM "Delivery" WHERE "id" = NEW."editsId";
    IF NOT FOUND THEN
      SELECT "chatId" INTO stands FROM "Posted" WHERE "deliveryId" = NEW."editsId";
    END IF;
    IF stands <> NEW."chatId" THEN
      RAISE EXCEPTION 'an edit goes to the chat of its message' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "edit_in_its_chat" AFTER INSERT OR UPDATE OF "chatId", "editsId" ON "Delivery"
  FOR EACH ROW WHEN (NEW."editsId" IS NOT NULL AND NEW."state" IN ('waiting', 'sending'))
  EXECUTE FUNCTION "keep_edit_in_its_chat"();

-- Where a lasting message stands is written by the very statement that records its sending.
CREATE FUNCTION "remember_where_posted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "Posted" ("deliveryId", "key", "chatId", "messageId", "postedAt")
  VALUES (NEW."id", NEW."key", NEW."chatId", NEW."messageId", COALESCE(NEW."finishedAt", NEW."createdAt"))
  ON CONFLICT ("deliveryId") DO UPDATE SET "chatId" = EXCLUDED."chatId", "messageId" = EXCLUDED."messageId",
    "postedAt" = EXCLUDED."postedAt";
  RETURN NULL;
END $$;
CREATE TRIGGER "posted" AFTER UPDATE OF "messageId" ON "Delivery"
  FOR EACH ROW WHEN (NEW."lasting" AND NEW."messageId" IS NOT NULL)
  EXECUTE FUNCTION "remember_where_posted"();
