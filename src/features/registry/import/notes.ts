/** What the sender should know and need not mend. */
export type ImportNote =
  | { kind: 'ignoredColumns'; sheet: string; columns: string }
  | { kind: 'likelyTwins'; number: string; other: string; fullName: string }
  /** New members without "Ngày về chi bộ": they count from the day of the import. */
  | { kind: 'noJoinDate'; count: number }
  /** Probationary for longer than twelve months. */
  | { kind: 'probationOver'; count: number }
  /** In the register and not in the workbook: they stay as they are. */
  | { kind: 'notInFile'; count: number }
