/** What texts say that speak to a model or a runner instead of about the project. */
const SPEAKS: readonly (readonly [why: string, pattern: RegExp])[] = [
  [
    'it says what to do with earlier instructions',
    /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules|guidelines|guardrails|system)\b/i,
  ],
  ['it says who its reader is', /\byou are (?:now|no longer|an? (?:ai|assistant|agent|language model|llm))\b/i],
  [
    'it speaks of the prompt',
    /\b(?:system|developer) (?:prompt|message)s?\b|<\|?(?:im_start|im_end|system|endoftext)\|?>/i,
  ],
  ['it holds marks that tell texts of others apart', /<<untrusted|untrusted [0-9a-f]{12}>>/i],
  [
    'it speaks to whoever reads it by a model',
    /\b(?:(?:dear|hey|attention|note to|if you are|as) (?:an? |the |any )?(?:ai|llm|agent|assistant|copilot|gatekeeper|language model|bot))\b/i,
  ],
  [
    'it asks for secrets to be shown or sent',
    /\b(?:print|send|post|upload|exfiltrate|reveal|leak|paste|echo|include|dump)\b[^.\n]{0,60}\b(?:secrets?|tokens?|credentials?|passwords?|api[ _-]?keys?|private keys?|environment variables|\.env)\b/i,
  ],
];

/** No pattern looks at more than that: what comes after it a reader would not see either. */
const MOST = 200_000;

/**
 * Why a text seems to instruct its reader instead of telling of the project; none where it does not. It cannot be known for sure: what this does not see has no
 * more rights for that, and what it sees for no reason a person reads.
 */
export const instructionsIn = (text: string): readonly string[] =>
  SPEAKS.flatMap(([why, pattern]) => (pattern.test(text.slice(0, MOST)) ? [why] : []));
