// The name of a section and values enter, words, dates and numbers in the person's language leave.
// The words of a section stand in texts/, one file a language, and are fetched when it is shown.

export const languages = { es: "Español", en: "English", pt: "Português" };

const kept = "mi-alegra.language";
let current = firstOf([localStorage.getItem(kept), ...navigator.languages]);

function firstOf(tags) {
  const bases = tags.filter(Boolean).map((tag) => tag.toLowerCase().split("-")[0]);
  return bases.find((base) => Object.hasOwn(languages, base)) ?? "es";
}

export const language = () => current;

/** From now on, and at the next visit before anybody has signed in. */
export function useLanguage(code) {
  current = firstOf([code]);
  localStorage.setItem(kept, current);
  document.documentElement.lang = current;
}

/** The words of a section, such as `profile`. */
export async function wordsOf(section) {
  return (await import(`../texts/${current}/${section}.js`)).default;
}

/** The text with its values. */
export const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

/** The form that the language has for this many, with the number in it. */
export function counted(forms, count) {
  const form = forms[new Intl.PluralRules(current).select(count)] ?? forms.other;
  return filled(form, { count: new Intl.NumberFormat(current).format(count) });
}

/** Such as 26 de noviembre de 2026, 14:05. */
export const dateAndTime = (instant) => new Intl.DateTimeFormat(current,
  { dateStyle: "long", timeStyle: "short" }).format(new Date(instant));

export const dateOf = (instant) => new Intl.DateTimeFormat(current, { dateStyle: "long" })
  .format(new Date(instant));

const spans = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** Such as "hace 5 minutos"; what is longer ago than a month by its date. */
export function timeAgo(instant) {
  const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
  if (seconds > 30 * 86_400) return dateOf(instant);
  const [unit, length] = spans.find(([, least]) => seconds >= least) ?? ["second", Infinity];
  return new Intl.RelativeTimeFormat(current, { numeric: "auto" })
    .format(-Math.floor(seconds / length), unit);
}
