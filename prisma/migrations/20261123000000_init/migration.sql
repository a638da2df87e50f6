-- CreateTable
CREATE TABLE "AccountLink" (
    "id" SERIAL NOT NULL,
    "accountId" BIGINT NOT NULL,
    "personId" INTEGER NOT NULL,
    "accountName" TEXT NOT NULL,
    "linkedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,
    "consentVersion" TEXT,
    "consentAt" TIMESTAMPTZ(3),
    "unreachableAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccountLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupLink" (
    "id" SERIAL NOT NULL,
    "organisationId" INTEGER NOT NULL,
    "chatId" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "linkedBy" BIGINT,
    "linkedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,

    CONSTRAINT "GroupLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessCode" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "wardId" INTEGER,
    "organisationId" INTEGER,
    "personId" INTEGER,
    "createdBy" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "usedBy" BIGINT,

    CONSTRAINT "AccessCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Appointment" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "accountId" BIGINT NOT NULL,
    "accountName" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3),
    "grantedBy" BIGINT,
    "consentVersion" TEXT,
    "consentAt" TIMESTAMPTZ(3),

    CONSTRAINT "Appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CodeFailure" (
    "id" SERIAL NOT NULL,
    "accountId" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,

    CONSTRAINT "CodeFailure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeIssue" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "period" TEXT,
    "packId" TEXT,
    "packHash" TEXT,
    "fileHash" TEXT,
    "text" TEXT,
    "file" JSONB,
    "textSource" TEXT,
    "createdBy" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,
    "number" INTEGER,
    "year" INTEGER,
    "issuedAt" TIMESTAMPTZ(3),
    "issuerPersonId" INTEGER,
    "issuerName" TEXT,
    "issuerTitle" TEXT,

    CONSTRAINT "NoticeIssue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeEntry" (
    "id" SERIAL NOT NULL,
    "issueId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "branchId" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "grade" TEXT,
    "level" TEXT NOT NULL,
    "disqualifier" TEXT,
    "remark" TEXT,
    "inForce" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "NoticeEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeTarget" (
    "issueId" INTEGER NOT NULL,
    "branchId" INTEGER NOT NULL,

    CONSTRAINT "NoticeTarget_pkey" PRIMARY KEY ("issueId","branchId")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" SERIAL NOT NULL,
    "issueId" INTEGER NOT NULL,
    "branchId" INTEGER NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeDelivery" (
    "deliveryId" INTEGER NOT NULL,
    "noticeId" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "personId" INTEGER,

    CONSTRAINT "NoticeDelivery_pkey" PRIMARY KEY ("deliveryId")
);

-- CreateTable
CREATE TABLE "NoticeAcknowledgement" (
    "id" SERIAL NOT NULL,
    "noticeId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'branch',
    "title" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NoticeAcknowledgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClockTick" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClockTick_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" SERIAL NOT NULL,
    "key" TEXT,
    "chatId" BIGINT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 1,
    "editsId" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "message" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "fence" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "messageId" INTEGER,
    "error" TEXT,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CourierLease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CourierLease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "wardId" INTEGER,
    "actorPersonId" INTEGER,
    "actorAccountId" BIGINT,
    "subject" JSONB NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Form" (
    "accountId" BIGINT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "promptMessageId" INTEGER,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Form_pkey" PRIMARY KEY ("accountId","chatId")
);

-- CreateTable
CREATE TABLE "Ward" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Ward_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organisation" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "parentId" INTEGER,
    "kind" TEXT NOT NULL,
    "sector" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "openedOn" DATE,
    "dissolvedOn" DATE,

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "fullName" TEXT NOT NULL,
    "searchName" TEXT NOT NULL,
    "birthOn" DATE,
    "birthYear" INTEGER,
    "gender" TEXT,
    "phone" TEXT,
    "admittedOn" DATE,
    "officialOn" DATE,
    "note" TEXT,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" SERIAL NOT NULL,
    "personId" INTEGER NOT NULL,
    "organisationId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'official',
    "from" DATE NOT NULL,
    "to" DATE,
    "reason" TEXT,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberStatus" (
    "id" SERIAL NOT NULL,
    "personId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE,

    CONSTRAINT "MemberStatus_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Position" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "organisationId" INTEGER,
    "post" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE,

    CONSTRAINT "Position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cadre" (
    "id" SERIAL NOT NULL,
    "personId" INTEGER NOT NULL,
    "office" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE,

    CONSTRAINT "Cadre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegistryImport" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "uploadedBy" BIGINT NOT NULL,
    "fileHash" TEXT NOT NULL,
    "content" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "finishedAt" TIMESTAMPTZ(3),
    "source" TEXT,

    CONSTRAINT "RegistryImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" SERIAL NOT NULL,
    "branchId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "assigneeId" INTEGER NOT NULL,
    "assignedById" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "dueOn" DATE,
    "state" TEXT NOT NULL DEFAULT 'assigned',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "source" TEXT,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TaskReport" (
    "id" SERIAL NOT NULL,
    "taskId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL DEFAULT 'waiting',
    "verdictNote" TEXT,
    "verdictById" INTEGER,
    "verdictAt" TIMESTAMPTZ(3),

    CONSTRAINT "TaskReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TaskReportPart" (
    "id" SERIAL NOT NULL,
    "reportId" INTEGER NOT NULL,
    "sentById" INTEGER NOT NULL,
    "onBehalf" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT NOT NULL,
    "fileId" TEXT,
    "fileUniqueId" TEXT,
    "fileName" TEXT,
    "fileKind" TEXT,
    "albumId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,

    CONSTRAINT "TaskReportPart_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Vote" (
    "id" SERIAL NOT NULL,
    "branchId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "openedById" INTEGER NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "closedById" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'open',
    "packId" TEXT NOT NULL,
    "packHash" TEXT NOT NULL,
    "pack" JSONB NOT NULL,
    "deliveryId" INTEGER,
    "source" TEXT,

    CONSTRAINT "Vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VoteOption" (
    "voteId" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "count" INTEGER,
    "carried" BOOLEAN,

    CONSTRAINT "VoteOption_pkey" PRIMARY KEY ("voteId","index")
);

-- CreateTable
CREATE TABLE "VoteRoll" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "counts" TEXT NOT NULL,

    CONSTRAINT "VoteRoll_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "VoteLeftOut" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "VoteLeftOut_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "VoteChoice" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "optionIndex" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "enteredById" INTEGER,

    CONSTRAINT "VoteChoice_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "VoteResult" (
    "voteId" INTEGER NOT NULL,
    "voted" INTEGER NOT NULL,
    "enteredCount" INTEGER NOT NULL,
    "base" INTEGER NOT NULL,
    "majorityNeeded" INTEGER NOT NULL,
    "quorumNeeded" INTEGER NOT NULL,
    "quorum" BOOLEAN NOT NULL,

    CONSTRAINT "VoteResult_pkey" PRIMARY KEY ("voteId")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_link_one_open_account" ON "AccountLink"("accountId") WHERE ("endedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "account_link_one_open_person" ON "AccountLink"("personId") WHERE ("endedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "group_link_one_open_branch" ON "GroupLink"("organisationId") WHERE ("endedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "group_link_one_open_chat" ON "GroupLink"("chatId") WHERE ("endedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "AccessCode_hash_key" ON "AccessCode"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_one_open" ON "Appointment"("wardId", "accountId", "role") WHERE ("to" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "CodeFailure_source_key" ON "CodeFailure"("source");

-- CreateIndex
CREATE INDEX "CodeFailure_accountId_at_idx" ON "CodeFailure"("accountId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "NoticeIssue_source_key" ON "NoticeIssue"("source");

-- CreateIndex
CREATE INDEX "NoticeIssue_wardId_state_issuedAt_idx" ON "NoticeIssue"("wardId", "state", "issuedAt");

-- CreateIndex
CREATE UNIQUE INDEX "NoticeIssue_wardId_year_number_key" ON "NoticeIssue"("wardId", "year", "number");

-- CreateIndex
CREATE INDEX "NoticeEntry_issueId_branchId_idx" ON "NoticeEntry"("issueId", "branchId");

-- CreateIndex
CREATE UNIQUE INDEX "NoticeEntry_issueId_personId_key" ON "NoticeEntry"("issueId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "notice_entry_one_in_force" ON "NoticeEntry"("personId", "period") WHERE ("inForce");

-- CreateIndex
CREATE INDEX "Notice_branchId_issuedAt_idx" ON "Notice"("branchId", "issuedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_issueId_branchId_key" ON "Notice"("issueId", "branchId");

-- CreateIndex
CREATE INDEX "NoticeDelivery_noticeId_idx" ON "NoticeDelivery"("noticeId");

-- CreateIndex
CREATE UNIQUE INDEX "NoticeAcknowledgement_noticeId_personId_key" ON "NoticeAcknowledgement"("noticeId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "notice_acknowledged_once_for_branch" ON "NoticeAcknowledgement"("noticeId") WHERE ("kind" = 'branch');

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_key_key" ON "Delivery"("key");

-- CreateIndex
CREATE INDEX "Delivery_state_chatId_id_idx" ON "Delivery"("state", "chatId", "id");

-- CreateIndex
CREATE INDEX "Delivery_chatId_messageId_idx" ON "Delivery"("chatId", "messageId");

-- CreateIndex
CREATE INDEX "AuditEntry_wardId_at_idx" ON "AuditEntry"("wardId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Organisation_wardId_code_key" ON "Organisation"("wardId", "code");

-- CreateIndex
CREATE INDEX "Person_wardId_searchName_idx" ON "Person"("wardId", "searchName");

-- CreateIndex
CREATE UNIQUE INDEX "Person_wardId_number_key" ON "Person"("wardId", "number");

-- CreateIndex
CREATE INDEX "Membership_organisationId_idx" ON "Membership"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "membership_one_official" ON "Membership"("personId") WHERE ("kind" = 'official' AND "to" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "member_status_one_open" ON "MemberStatus"("personId", "kind") WHERE ("to" IS NULL);

-- CreateIndex
CREATE INDEX "Position_organisationId_post_idx" ON "Position"("organisationId", "post");

-- CreateIndex
CREATE UNIQUE INDEX "position_one_open" ON "Position"("personId", "organisationId", "post") WHERE ("to" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "position_one_open_ward" ON "Position"("personId", "post") WHERE ("to" IS NULL AND "organisationId" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "cadre_one_open" ON "Cadre"("personId") WHERE ("to" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "RegistryImport_source_key" ON "RegistryImport"("source");

-- CreateIndex
CREATE UNIQUE INDEX "Task_source_key" ON "Task"("source");

-- CreateIndex
CREATE INDEX "Task_branchId_state_idx" ON "Task"("branchId", "state");

-- CreateIndex
CREATE INDEX "Task_assigneeId_state_idx" ON "Task"("assigneeId", "state");

-- CreateIndex
CREATE INDEX "Task_state_dueOn_idx" ON "Task"("state", "dueOn");

-- CreateIndex
CREATE UNIQUE INDEX "Task_branchId_number_key" ON "Task"("branchId", "number");

-- CreateIndex
CREATE INDEX "TaskReport_taskId_idx" ON "TaskReport"("taskId");

-- CreateIndex
CREATE UNIQUE INDEX "task_report_one_waiting" ON "TaskReport"("taskId") WHERE ("verdict" = 'waiting');

-- CreateIndex
CREATE UNIQUE INDEX "TaskReportPart_source_key" ON "TaskReportPart"("source");

-- CreateIndex
CREATE INDEX "TaskReportPart_sentById_albumId_idx" ON "TaskReportPart"("sentById", "albumId");

-- CreateIndex
CREATE UNIQUE INDEX "Vote_source_key" ON "Vote"("source");

-- CreateIndex
CREATE INDEX "Vote_branchId_state_idx" ON "Vote"("branchId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Vote_branchId_number_key" ON "Vote"("branchId", "number");

-- CreateIndex
CREATE INDEX "VoteChoice_voteId_optionIndex_idx" ON "VoteChoice"("voteId", "optionIndex");

-- AddForeignKey
ALTER TABLE "AccountLink" ADD CONSTRAINT "AccountLink_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupLink" ADD CONSTRAINT "GroupLink_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessCode" ADD CONSTRAINT "AccessCode_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessCode" ADD CONSTRAINT "AccessCode_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessCode" ADD CONSTRAINT "AccessCode_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appointment" ADD CONSTRAINT "Appointment_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeIssue" ADD CONSTRAINT "NoticeIssue_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeEntry" ADD CONSTRAINT "NoticeEntry_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "NoticeIssue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeEntry" ADD CONSTRAINT "NoticeEntry_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeEntry" ADD CONSTRAINT "NoticeEntry_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeTarget" ADD CONSTRAINT "NoticeTarget_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "NoticeIssue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeTarget" ADD CONSTRAINT "NoticeTarget_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "NoticeIssue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeDelivery" ADD CONSTRAINT "NoticeDelivery_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeAcknowledgement" ADD CONSTRAINT "NoticeAcknowledgement_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeAcknowledgement" ADD CONSTRAINT "NoticeAcknowledgement_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_editsId_fkey" FOREIGN KEY ("editsId") REFERENCES "Delivery"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organisation" ADD CONSTRAINT "Organisation_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organisation" ADD CONSTRAINT "Organisation_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberStatus" ADD CONSTRAINT "MemberStatus_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Position" ADD CONSTRAINT "Position_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Position" ADD CONSTRAINT "Position_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Position" ADD CONSTRAINT "Position_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cadre" ADD CONSTRAINT "Cadre_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegistryImport" ADD CONSTRAINT "RegistryImport_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskReport" ADD CONSTRAINT "TaskReport_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskReportPart" ADD CONSTRAINT "TaskReportPart_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "TaskReport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskReportPart" ADD CONSTRAINT "TaskReportPart_sentById_fkey" FOREIGN KEY ("sentById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteOption" ADD CONSTRAINT "VoteOption_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteRoll" ADD CONSTRAINT "VoteRoll_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteRoll" ADD CONSTRAINT "VoteRoll_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteLeftOut" ADD CONSTRAINT "VoteLeftOut_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteLeftOut" ADD CONSTRAINT "VoteLeftOut_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteChoice" ADD CONSTRAINT "VoteChoice_voteId_personId_fkey" FOREIGN KEY ("voteId", "personId") REFERENCES "VoteRoll"("voteId", "personId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteChoice" ADD CONSTRAINT "VoteChoice_voteId_optionIndex_fkey" FOREIGN KEY ("voteId", "optionIndex") REFERENCES "VoteOption"("voteId", "index") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteResult" ADD CONSTRAINT "VoteResult_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
