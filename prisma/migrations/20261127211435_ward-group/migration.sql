-- AlterTable
ALTER TABLE "GroupLink" ADD COLUMN     "wardId" INTEGER,
ALTER COLUMN "organisationId" DROP NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "group_link_one_open_ward" ON "GroupLink"("wardId") WHERE ("endedAt" IS NULL);

-- AddForeignKey
ALTER TABLE "GroupLink" ADD CONSTRAINT "GroupLink_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- A group stands for a branch or for the ward, never for both and never for nothing.
ALTER TABLE "GroupLink" ADD CONSTRAINT "group_link_one_place" CHECK (num_nonnulls("organisationId", "wardId") = 1);
