/** Time zones, as Slack's user objects give them. */

/** Whether IANA knows a time zone of this name; mere offsets such as `+02:00` have none. */
export function isZone(tz: string): boolean {
  try {
    return /^[A-Za-z]/.test(tz) && new Intl.DateTimeFormat('en-US', { timeZone: tz }) !== null;
  } catch {
    return false;
  }
}

/** What a zone is called at this moment (ms since 1970), and how far it is ahead of UTC, in seconds. */
export function zoneAt(tz: string, at: number): { tz_label: string; tz_offset: number } {
  return { tz_label: nameOf(tz, at, 'long'), tz_offset: secondsOf(nameOf(tz, at, 'longOffset')) };
}

function nameOf(timeZone: string, at: number, timeZoneName: 'long' | 'longOffset'): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** From `GMT-03:30`, or `GMT` alone. */
function secondsOf(offset: string): number {
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(offset) ?? [];
  const seconds = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
  return sign === '-' ? -seconds : seconds;
}
