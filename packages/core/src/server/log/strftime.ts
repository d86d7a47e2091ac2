const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Formats a moment in local time as C's strftime does in the C locale; unknown conversions stay as they are. */
export function strftime(format: string, date: Date): string {
  let text = '';
  for (let i = 0; i < format.length; i++) {
    const char = format[i] as string;
    const conversion = format[i + 1];
    if (char !== '%' || conversion === undefined) {
      text += char;
      continue;
    }
    i++;
    text += convert(conversion, date) ?? `%${conversion}`;
  }
  return text;
}

function convert(conversion: string, date: Date): string | null {
  const hour12 = date.getHours() % 12 || 12;
  switch (conversion) {
    case 'Y':
      return String(date.getFullYear());
    case 'C':
      return pad(Math.trunc(date.getFullYear() / 100));
    case 'y':
      return pad(date.getFullYear() % 100);
    case 'm':
      return pad(date.getMonth() + 1);
    case 'd':
      return pad(date.getDate());
    case 'e':
      return pad(date.getDate(), 2, ' ');
    case 'j':
      return pad(dayOfYear(date) + 1, 3);
    case 'H':
      return pad(date.getHours());
    case 'k':
      return pad(date.getHours(), 2, ' ');
    case 'I':
      return pad(hour12);
    case 'l':
      return pad(hour12, 2, ' ');
    case 'M':
      return pad(date.getMinutes());
    case 'S':
      return pad(date.getSeconds());
    case 's':
      return String(Math.floor(date.getTime() / 1000));
    case 'p':
      return date.getHours() < 12 ? 'AM' : 'PM';
    case 'P':
      return date.getHours() < 12 ? 'am' : 'pm';
    case 'A':
      return days[date.getDay()] as string;
    case 'a':
      return (days[date.getDay()] as string).slice(0, 3);
    case 'B':
      return months[date.getMonth()] as string;
    case 'b':
    case 'h':
      return (months[date.getMonth()] as string).slice(0, 3);
    case 'u':
      return String(date.getDay() || 7);
    case 'w':
      return String(date.getDay());
    case 'U':
      return pad(Math.floor((dayOfYear(date) + 7 - date.getDay()) / 7));
    case 'W':
      return pad(Math.floor((dayOfYear(date) + 7 - ((date.getDay() + 6) % 7)) / 7));
    case 'z':
      return offset(date);
    case 'Z':
      return zoneName(date);
    case 'F':
      return strftime('%Y-%m-%d', date);
    case 'T':
    case 'X':
      return strftime('%H:%M:%S', date);
    case 'D':
    case 'x':
      return strftime('%m/%d/%y', date);
    case 'R':
      return strftime('%H:%M', date);
    case 'r':
      return strftime('%I:%M:%S %p', date);
    case 'c':
      return strftime('%a %b %e %H:%M:%S %Y', date);
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return null;
  }
}

function pad(value: number, width = 2, filler = '0'): string {
  return String(value).padStart(width, filler);
}

function dayOfYear(date: Date): number {
  const midnight = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight - Date.UTC(date.getFullYear(), 0, 1)) / 86_400_000;
}

function offset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(size / 60))}${pad(size % 60)}`;
}

function zoneName(date: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(date);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}
