const isoTime =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2})?)(?<fraction>[.,]\d+)?\s*(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?(?::?\d{2})?)?)?$/i;

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size (years 2001 to 2286). */
const epochUnits = [1e9, 1e12, 1e15, 1e18] as const;

function fromEpoch(text: string): Date | null {
  const number = Number(text);
  const unit = epochUnits.findIndex((least) => number >= least && number < least * 10);
  return unit < 0 ? null : new Date(Math.trunc((number * 1000) / 1000 ** unit));
}

function zoneMinutes(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?/.exec(zone);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

/**
 * The instant that an old row means, to the millisecond. A time without a zone is UTC, as the old system wrote it.
 * null for anything that is not a time: no guess is made here.
 */
export function parseLegacyTime(raw: string): Date | null {
  const text = raw.trim();
  if (/^\d{10,19}(\.\d+)?$/.test(text)) return fromEpoch(text);
  const parts = isoTime.exec(text)?.groups;
  if (!parts?.date)
    return /^[A-Z][a-z]{2}, .*\b(GMT|UTC|[+-]\d{4})$/.test(text) ? validDate(new Date(text)) : null;
  const time = parts.time ?? '00:00:00';
  const fraction = (parts.fraction ?? '').slice(1, 4).padEnd(3, '0');
  const wall = `${parts.date}T${time.length === 5 ? `${time}:00` : time}.${fraction}Z`;
  const utc = validDate(new Date(wall));
  // The 30th of February is a valid date to Date, only another one.
  if (utc?.toISOString() !== wall) return null;
  return new Date(utc.getTime() - zoneMinutes(parts.zone ?? 'Z') * 60_000);
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}
