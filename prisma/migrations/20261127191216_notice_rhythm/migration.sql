-- CreateTable
CREATE TABLE "NoticeSettings" (
    "wardId" INTEGER NOT NULL,
    "chosen" JSONB NOT NULL,

    CONSTRAINT "NoticeSettings_pkey" PRIMARY KEY ("wardId")
);

-- AddForeignKey
ALTER TABLE "NoticeSettings" ADD CONSTRAINT "NoticeSettings_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
