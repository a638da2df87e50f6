/** The version of the notice on personal data in `linking.json`. A changed text is a new version. */
export const consentVersion = '2026-11'
