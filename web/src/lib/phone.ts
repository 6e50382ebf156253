/** Groups a number for reading: `13800138000` → `138 0013 8000`. Masked or foreign numbers come back with few changes. */
export function readableNumber(raw: string): string {
  const text = raw.trim();
  if (/^1\d{10}$/.test(text)) return `${text.slice(0, 3)} ${text.slice(3, 7)} ${text.slice(7)}`;
  const mobile = /^\+861(\d{2})(\d{4})(\d{4})$/.exec(text);
  if (mobile) return `+86 1${mobile[1]} ${mobile[2]} ${mobile[3]}`;
  const service = /^(400|800)(\d{3})(\d{4})$/.exec(text);
  if (service) return `${service[1]} ${service[2]} ${service[3]}`;
  return text;
}

/** Whether the text could be a number someone wants to look up, rather than a name. */
export function looksLikeNumber(text: string): boolean {
  const digits = text.replace(/[\s\-()+]/g, '');
  return /^\d{3,15}$/.test(digits);
}
