/** What an officer may appoint an account to. */
export const appointedRoles = ['officer', 'operator'] as const
export type AppointedRole = (typeof appointedRoles)[number]

export function asAppointedRole(text: string | undefined): AppointedRole | null {
  return appointedRoles.find((role) => role === text) ?? null
}
