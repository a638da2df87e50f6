-- CreateTable
CREATE TABLE "DataRequest" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "enteredById" BIGINT,
    "packId" TEXT NOT NULL,
    "packHash" TEXT NOT NULL,
    "answerDueOn" DATE NOT NULL,
    "doneDueOn" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "answeredAt" TIMESTAMPTZ(3),
    "extendedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "source" TEXT,

    CONSTRAINT "DataRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RetentionRun" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "before" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "announcedAt" TIMESTAMPTZ(3) NOT NULL,
    "deleteOn" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'announced',
    "finishedAt" TIMESTAMPTZ(3),
    "deleted" INTEGER,

    CONSTRAINT "RetentionRun_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DataRequest_source_key" ON "DataRequest"("source");

-- CreateIndex
CREATE INDEX "DataRequest_wardId_state_idx" ON "DataRequest"("wardId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "data_request_one_open" ON "DataRequest"("personId", "kind") WHERE ("state" = 'open');

-- CreateIndex
CREATE UNIQUE INDEX "retention_run_one_announced" ON "RetentionRun"("wardId", "kind") WHERE ("state" = 'announced');

-- AddForeignKey
ALTER TABLE "DataRequest" ADD CONSTRAINT "DataRequest_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataRequest" ADD CONSTRAINT "DataRequest_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetentionRun" ADD CONSTRAINT "RetentionRun_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that mean something to the program, and what the law gives once.
ALTER TABLE "DataRequest" ADD CONSTRAINT "data_request_kind" CHECK ("kind" IN ('correction', 'erasure'));
ALTER TABLE "DataRequest" ADD CONSTRAINT "data_request_state" CHECK ("state" IN ('open', 'done', 'refused'));
ALTER TABLE "DataRequest" ADD CONSTRAINT "data_request_finished" CHECK (("state" = 'open') = ("finishedAt" IS NULL));
ALTER TABLE "DataRequest" ADD CONSTRAINT "data_request_days" CHECK ("answerDueOn" <= "doneDueOn");
ALTER TABLE "RetentionRun" ADD CONSTRAINT "retention_run_state" CHECK ("state" IN ('announced', 'held', 'done'));
