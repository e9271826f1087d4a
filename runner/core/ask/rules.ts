import { NAME_RULES } from './name-rules.js';
import type { Rule } from './vocabulary.js';

/**
 * How people ask, as data. A question must be one of these from its first word to its last, so that `what is running slow in checkout` is not
 * taken for `what is running`. `a|b` is one of both, `@class` one of a class, a `?` after it lets it be left out. `{order}` and
 * `{trigger}` are a name (`{known}` and `{known-trigger}` only one that there is), `{when}` is a stretch of time.
 */
export const RULES: readonly Rule[] = [
  {
    topic: 'overview',
    says: [
      'status|overview|summary|report',
      '@show status|overview|summary|everything|state',
      'what|how @be status|state|situation',
      'how @be @us? going|doing',
      'how @be @us',
      'how do things stand|look',
      'how goes it',
      'what @be happening|up',
      'what should i know',
      'where do|are we stand?',
    ],
  },
  {
    topic: 'running',
    says: [
      '@which|who @orders? @be still? @on still?',
      '@be @any|@orders|one still? @on',
      '@show? @on @orders?',
      'how many @orders|steps @be? @on',
      'what @be @us doing|running|executing',
      'what @be @us working on',
      '@be @us busy|working|idle',
      'how long @be|@have @orders been? @on',
    ],
  },
  {
    topic: 'queue',
    says: [
      'queue|backlog',
      '@which|who @orders? @be in? queue|queued|next|backlog|line',
      '@which @orders? @be next|first in? queue|line',
      '@which @orders? runs|starts|comes|goes next|first',
      '@show? queue|queued|backlog @orders?',
      'how long|full|big|deep|many @be queue|backlog',
      'how many @orders @be? in? queue|queued|backlog|left',
      '@be @any|@orders in? queue|queued|left',
      'when does|will next|queue @orders? start|run|move',
    ],
  },
  {
    topic: 'waiting',
    says: [
      '@which|who @orders? @be waiting|blocked|stuck|parked|held',
      'what waits',
      '@be @any|@orders waiting|blocked|stuck|parked|held',
      '@show? waiting|blocked|stuck|parked @orders?',
      'how many @orders @be? waiting|blocked|stuck|parked',
      'why @be @orders waiting|blocked|stuck|parked|held',
    ],
  },
  {
    topic: 'needs-people',
    says: [
      'approvals|requests|vault',
      '@which|who|does|do @any|@orders|requests? needs|need @people|attention|answer|answers',
      '@which|who|does|do @any|@orders|requests? waits|wait for|on @people',
      '@which @orders|requests? @be waiting|pending for|on @people',
      '@be @any|@orders|requests waiting|pending for|on @people',
      '@which|how @orders|requests|approvals|many? requests|approvals? @be? pending|open|outstanding|missing',
      '@be @any|@orders|requests|approvals|approval pending|open|outstanding|missing|needed',
      'what do|should|must|can i|we have|need? to? do|approve|decide|answer|review|look next|first|at?',
      'do i|we have|need to? approve|decide|do|review|answer anything|something?',
      'do i|we have|need anything|something|approvals|requests to? approve|decide|do|review|answer?',
      '@show? open|pending|outstanding? approvals|requests|vault',
      'what @be in? vault',
      '@be? anything|something for|to @people|do|approve|decide to? do|approve|decide?',
    ],
  },
  {
    topic: 'health',
    says: [
      'health|doctor|healthy',
      '@be @us? alright|ok|okay|fine|good|healthy|well|working|green|up',
      '@be @any wrong|broken|amiss|bad|red|off|failing',
      '@be problems|errors|issues|trouble',
      'what @be wrong|broken',
      'what @be problems|problem|issue|issues',
      'do|does @us work|works|function',
      'do|does i|we have problems|errors|issues|trouble',
      'how healthy @be @us',
      '@be @us in? good|bad shape',
    ],
  },
  {
    topic: 'paused',
    says: [
      '@be @us|queue|work? paused|held|stopped',
      'who|why|when @have|@be? paused @us|work|queue?',
      'why|since|when @be @us|work|queue|when? paused|held|stopped',
      'why @be|does|do|did nothing @on|run|happening|happen|start|starting|moving|move|started|working',
      'why @be|does|do|did @us|queue @on|run|doing|do|start|starting|moving|move|started|working anything|something?',
    ],
  },
  {
    topic: 'runner',
    says: [
      '@be watch|runner|service|cron @on|alive|up|on|there',
      'when @be|did @us? last? tick|look|run|ticked last?',
      'who|what runs|ticks|looks',
      'last tick',
    ],
  },
  {
    topic: 'failed',
    says: [
      '@which|who @orders|formulas? @have? @fail {when}?',
      '@which|who @orders|formulas? @be|did|do failures|failing|fail|errors {when}?',
      'what went|goes|has|gone gone? wrong {when}?',
      'how many @orders @have|did? @fail {when}?',
      'did|@have @any|@orders @fail|gone|go wrong? {when}?',
      '@be failures|failing|failed @orders? {when}?',
      'how many failures @be? {when}?',
      '@show? failures|failed @orders? {when}?',
      'what @be last|latest failure',
      'what about failures {when}?',
    ],
  },
  {
    topic: 'shipped',
    says: [
      '@which @orders|branches|changes? @have|@be|got|did? been? @ship {when}?',
      'how many @orders|branches|changes @have|@be|did? been? @ship {when}?',
      'what did|have|has @us @ship {when}?',
      'did|@have @any|@us @ship anything|something? {when}?',
      '@show? shipped|landed|merged|delivered @orders|branches|changes? {when}?',
    ],
  },
  {
    topic: 'finished',
    says: [
      '@which @orders? @have|@be|got|did? been? @finish {when}?',
      'how many @orders @have|@be|did? been? @finish {when}?',
      'what did|have|has @us @finish|achieve|achieved|get|got done? {when}?',
      'did|@have @any @finish {when}?',
      '@show? finished|completed|ended|done @orders? {when}?',
    ],
  },
  {
    topic: 'happened',
    says: [
      'what happened|changed {when}?',
      'what @have|@be happened|changed|new {when}?',
      'what did|have|has @us do|done|change|changed|been|work to|on? {when}?',
      'what did i miss|missed {when}?',
      '@show? history|activity|events|news {when}?',
      'what @be last|latest|newest @orders',
      'what ran|run {when}?',
    ],
  },
  {
    topic: 'usage',
    says: [
      'usage|spend|spending|costs|cost|budget|tokens {when}?',
      'how much|many tokens|time|money|budget|@orders|lines? did|@have|do|@be @us|i @use|run|start|started {when}?',
      'how much|many tokens|time|money|budget|@orders|lines @be used|spent|started|run|left|burned {when}?',
      'how much|many @be used|spent|left {when}?',
      'how much|many tokens|time|money|budget|lines {when}?',
      'what did|@have @us @use {when}?',
      '@be @us at|over|near|within|below limit|limits|budget {when}?',
      'what @be usage|cost|costs|spend|spending|budget {when}?',
      '@show usage|cost|costs|spend|spending|limits {when}?',
    ],
  },
  {
    topic: 'triggers',
    says: [
      'triggers|schedule|schedules|cron',
      '@show triggers|schedule|schedules|cron',
      '@which triggers @be|do? due|next|suspended|active|defined|declared|we|have? have?',
      'how many triggers @be|do? we? have|suspended|active|defined|declared?',
      '@which triggers|trigger? fires|fire|due next|tonight|tomorrow|today?',
      'what @be scheduled|planned|due next|tonight|tomorrow|today?',
      'when does|do|will|@be next|@any trigger|triggers? fire|run|due?',
      '@be @any|triggers|trigger suspended|due|scheduled',
    ],
  },
  ...NAME_RULES,
];
