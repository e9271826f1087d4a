/** What a question says in one word or another that the rules know: applied in this order, to words set apart by single spaces. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\b(what|who|where|how|when|that|it|there|why)['’]?s\b/g, '$1 is'],
  [/\bwon['’]?t\b/g, 'will not'],
  [/\bcan(?:['’]?t|not)\b/g, 'can not'],
  [/\b(is|are|was|were|do|does|did|has|have)n['’]?t\b/g, '$1 not'],
  [/\b(i)['’]m\b/g, '$1 am'],
  [/\b(you|we|they)['’]re\b/g, '$1 are'],
  [/\b(i|you|we|they)['’]ve\b/g, '$1 have'],
  [/['’]s\b/g, ''],
  [/\bright now\b|\bat (?:the|this) moment\b|\bso far\b|\bas of now\b/g, ''],
  [/\b(?:can|could|would|will) you (?:please )?(?=tell|show|give|list|explain|say)/g, ''],
  [/\b(?:do you know|i (?:want|would like|need) to (?:know|see)|i wonder)\b/g, ''],
  [/\b(?:please )?(?:tell|let) (?:me|us)(?: know)?\b/g, ''],
  [/\b(show|give|list|get) (?:me|us)\b/g, '$1'],
  [/\ball right\b/g, 'alright'],
  [/\bin order\b(?!\s+[a-z0-9]*-)/g, 'alright'],
  [/\b(?:in progress|under way|on going)\b/g, 'underway'],
  [/\bgoing on\b/g, 'happening'],
  [/\b(?:last|over) night\b|\b(?:during|in) the night\b/g, 'overnight'],
  [/\b(?:these|the last few|the past few) days\b|\bof late\b/g, 'lately'],
  [/\bhow come\b/g, 'why'],
  [/\bwhat (?:is|was) the reason (?:that|why)\b/g, 'why'],
];

/** Words that change nothing in what is asked. */
const FILLERS = new Set(
  'please the a an just currently now hey hi hello then so actually exactly really any there my our also all'.split(
    ' ',
  ),
);

/** A question is short; what is longer says what to do. */
export const MOST_WORDS = 24;

/** Lower-case words of a question without its punctuation and fillers; null for what is too long to be one. */
export function wordsOf(text: string): readonly string[] | null {
  if (text.length > 400) return null;
  const plain = SAME.reduce(
    (all, [from, to]) => all.replace(from, to),
    text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim(),
  );
  const words = plain
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');
  // `why is fix not running` and `why is fix running` have one answer.
  const said = words.filter((word) => !FILLERS.has(word) && !(word === 'not' && words[0] === 'why'));
  return said.length === 0 || said.length > MOST_WORDS ? null : said;
}
