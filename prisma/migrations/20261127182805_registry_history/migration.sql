-- AlterTable
ALTER TABLE "Organisation" ADD COLUMN     "dissolvedBy" TEXT,
ADD COLUMN     "namedKindId" INTEGER,
ADD COLUMN     "openedBy" TEXT;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "mergedAt" TIMESTAMPTZ(3),
ADD COLUMN     "mergedIntoId" INTEGER;

-- AlterTable
ALTER TABLE "RegistryImport" ADD COLUMN     "undo" JSONB;

-- CreateTable
CREATE TABLE "OrganisationKind" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "form" TEXT NOT NULL,

    CONSTRAINT "OrganisationKind_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResidentialGroup" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "organisationId" INTEGER,
    "name" TEXT NOT NULL,
    "households" INTEGER,
    "residents" INTEGER,

    CONSTRAINT "ResidentialGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResidenceLiaison" (
    "id" SERIAL NOT NULL,
    "personId" INTEGER NOT NULL,
    "organisationId" INTEGER NOT NULL,
    "workplace" TEXT,
    "commentExempt" BOOLEAN NOT NULL DEFAULT false,
    "from" DATE NOT NULL,
    "to" DATE,

    CONSTRAINT "ResidenceLiaison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResidenceComment" (
    "id" SERIAL NOT NULL,
    "liaisonId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ResidenceComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DistinctPeople" (
    "firstId" INTEGER NOT NULL,
    "secondId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DistinctPeople_pkey" PRIMARY KEY ("firstId","secondId")
);

-- CreateIndex
CREATE UNIQUE INDEX "OrganisationKind_wardId_name_key" ON "OrganisationKind"("wardId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "OrganisationKind_id_form_key" ON "OrganisationKind"("id", "form");

-- CreateIndex
CREATE UNIQUE INDEX "ResidentialGroup_wardId_name_key" ON "ResidentialGroup"("wardId", "name");

-- CreateIndex
CREATE INDEX "ResidenceLiaison_organisationId_idx" ON "ResidenceLiaison"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "residence_liaison_one_open" ON "ResidenceLiaison"("personId") WHERE ("to" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "ResidenceComment_liaisonId_year_key" ON "ResidenceComment"("liaisonId", "year");

-- AddForeignKey
ALTER TABLE "OrganisationKind" ADD CONSTRAINT "OrganisationKind_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organisation" ADD CONSTRAINT "Organisation_namedKindId_kind_fkey" FOREIGN KEY ("namedKindId", "kind") REFERENCES "OrganisationKind"("id", "form") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResidentialGroup" ADD CONSTRAINT "ResidentialGroup_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResidentialGroup" ADD CONSTRAINT "ResidentialGroup_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResidenceLiaison" ADD CONSTRAINT "ResidenceLiaison_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResidenceLiaison" ADD CONSTRAINT "ResidenceLiaison_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResidenceComment" ADD CONSTRAINT "ResidenceComment_liaisonId_fkey" FOREIGN KEY ("liaisonId") REFERENCES "ResidenceLiaison"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DistinctPeople" ADD CONSTRAINT "DistinctPeople_firstId_fkey" FOREIGN KEY ("firstId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DistinctPeople" ADD CONSTRAINT "DistinctPeople_secondId_fkey" FOREIGN KEY ("secondId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
