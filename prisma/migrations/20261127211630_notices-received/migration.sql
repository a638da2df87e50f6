-- AlterTable
ALTER TABLE "NoticeAcknowledgement" ADD COLUMN     "enteredById" INTEGER;

-- AlterTable
ALTER TABLE "NoticeIssue" ADD COLUMN     "correctsId" INTEGER,
ADD COLUMN     "dueOn" DATE,
ADD COLUMN     "membersConfirm" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "NoticeRoleTarget" (
    "issueId" INTEGER NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "NoticeRoleTarget_pkey" PRIMARY KEY ("issueId","role")
);

-- CreateTable
CREATE TABLE "NoticePersonTarget" (
    "issueId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,

    CONSTRAINT "NoticePersonTarget_pkey" PRIMARY KEY ("issueId","personId")
);

-- CreateTable
CREATE TABLE "PersonalNotice" (
    "id" SERIAL NOT NULL,
    "issueId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveryId" INTEGER,
    "seenAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PersonalNotice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeReading" (
    "noticeId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NoticeReading_pkey" PRIMARY KEY ("noticeId","personId")
);

-- CreateTable
CREATE TABLE "NoticeHandover" (
    "id" SERIAL NOT NULL,
    "noticeId" INTEGER,
    "personalId" INTEGER,
    "toName" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byAccountId" BIGINT,
    "byName" TEXT NOT NULL,

    CONSTRAINT "NoticeHandover_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PersonalNotice_personId_issuedAt_idx" ON "PersonalNotice"("personId", "issuedAt");

-- CreateIndex
CREATE UNIQUE INDEX "PersonalNotice_issueId_personId_key" ON "PersonalNotice"("issueId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "NoticeHandover_noticeId_key" ON "NoticeHandover"("noticeId");

-- CreateIndex
CREATE UNIQUE INDEX "NoticeHandover_personalId_key" ON "NoticeHandover"("personalId");

-- CreateIndex
CREATE INDEX "NoticeIssue_correctsId_idx" ON "NoticeIssue"("correctsId");

-- AddForeignKey
ALTER TABLE "NoticeIssue" ADD CONSTRAINT "NoticeIssue_correctsId_fkey" FOREIGN KEY ("correctsId") REFERENCES "NoticeIssue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeRoleTarget" ADD CONSTRAINT "NoticeRoleTarget_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "NoticeIssue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticePersonTarget" ADD CONSTRAINT "NoticePersonTarget_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "NoticeIssue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticePersonTarget" ADD CONSTRAINT "NoticePersonTarget_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonalNotice" ADD CONSTRAINT "PersonalNotice_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "NoticeIssue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonalNotice" ADD CONSTRAINT "PersonalNotice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeReading" ADD CONSTRAINT "NoticeReading_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeReading" ADD CONSTRAINT "NoticeReading_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeHandover" ADD CONSTRAINT "NoticeHandover_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeHandover" ADD CONSTRAINT "NoticeHandover_personalId_fkey" FOREIGN KEY ("personalId") REFERENCES "PersonalNotice"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A handing over is of one copy: a branch's or a person's.
ALTER TABLE "NoticeHandover" ADD CONSTRAINT "notice_handover_of_one" CHECK (num_nonnulls("noticeId", "personalId") = 1);
ALTER TABLE "NoticeAcknowledgement" ADD CONSTRAINT "notice_acknowledgement_kind" CHECK ("kind" IN ('branch', 'member'));

-- An issued notice stands as it was issued: what it asks of whom by when, too.
CREATE OR REPLACE FUNCTION "keep_issued_notice"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'issued' AND (
    TG_OP = 'DELETE'
    OR (NEW."state", NEW."wardId", NEW."kind", NEW."period", NEW."number", NEW."text", NEW."issuerPersonId",
        NEW."issuerName", NEW."issuerTitle", NEW."issuedAt", NEW."membersConfirm", NEW."dueOn", NEW."correctsId")
      IS DISTINCT FROM
       (OLD."state", OLD."wardId", OLD."kind", OLD."period", OLD."number", OLD."text", OLD."issuerPersonId",
        OLD."issuerName", OLD."issuerTitle", OLD."issuedAt", OLD."membersConfirm", OLD."dueOn", OLD."correctsId")
  ) THEN
    RAISE EXCEPTION 'an issued notice is not changed';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
