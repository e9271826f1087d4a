// Made from schemas/pushpals.schema.json by scripts/generate.mjs. Change the schema, not this file.

/**
 * How risky a change is.
 */
export type Tier = 'low' | 'medium' | 'high';
/**
 * Which orders start first. An order may be passed by a more urgent one only if that one came in soon enough after it: a normal order by interactive ones within 1 hour, a background order by interactive ones within 6 hours and by normal ones within 5. Of what is equally urgent, what people ask for goes before broken builds (10 minutes), the labelled backlog (30 minutes), follow-ups (1 hour) and upkeep (2 hours).
 */
export type Priority = 'interactive' | 'normal' | 'background';
/**
 * What a step may reach: `none`, `full` (with the driver `bubblewrap` that is the machine's own network, loopback and all), or a list of hosts and nothing but them, by HTTP and HTTPS.
 */
export type Network = ('none' | 'full') | string[];
/**
 * A shell command, or the name of one of the project's `commands`.
 */
export type Command =
  | string
  | {
      /**
       * A key of the project's `commands`.
       */
      command: string;
      /**
       * A shell command that runs where the project has no command of that name.
       */
      otherwise?: string;
    };
/**
 * Where one step of a run stands.
 */
export type StepStatus =
  | {
      state: 'pending';
      /**
       * The work tree as an agent left it that could not come to its end; the step goes on from there.
       */
      partial?: string;
      /**
       * The digest of the transcript, in the run's evidence, of what an agent had said and done when it was interrupted; it goes on from there.
       */
      conversation?: string;
    }
  | {
      state: 'running';
      attempt: number;
      /**
       * A point in time, ISO 8601 in UTC.
       */
      startedAt: string;
      /**
       * The work tree as an agent left it that could not come to its end; the step goes on from there.
       */
      partial?: string;
      /**
       * The digest of the transcript, in the run's evidence, of what an agent had said and done when it was interrupted; it goes on from there.
       */
      conversation?: string;
    }
  | {
      state: 'waiting';
      attempt: number;
      /**
       * A point in time, ISO 8601 in UTC.
       */
      startedAt: string;
      durationMs: number;
      /**
       * The work tree after the step.
       */
      snapshot: string;
      /**
       * The orders that it waits for.
       *
       * @maxItems 100
       *
       * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
       */
      orders: string[];
    }
  | {
      state: 'succeeded';
      attempt: number;
      /**
       * A point in time, ISO 8601 in UTC.
       */
      startedAt: string;
      durationMs: number;
      usage?: Usage;
      /**
       * Names of the secrets that it was handed.
       *
       * Items: Upper-case letters, digits and underscores, starting with a letter.
       */
      secrets?: string[];
      /**
       * The work tree after the step.
       */
      snapshot: string;
      /**
       * What the step wrote to `outputs.json`.
       */
      outputs?: unknown;
      /**
       * What the agent would have remembered.
       *
       * @maxItems 5
       */
      lessons?: ProposedLesson[];
      /**
       * The step left files that git ignores, which the snapshot commit does not hold.
       */
      leftIgnored?: boolean;
    }
  | {
      state: 'failed';
      attempt: number;
      /**
       * A point in time, ISO 8601 in UTC.
       */
      startedAt: string;
      durationMs: number;
      usage?: Usage;
      /**
       * Names of the secrets that it was handed.
       *
       * Items: Upper-case letters, digits and underscores, starting with a letter.
       */
      secrets?: string[];
      /**
       * The work tree as an agent left it that could not come to its end.
       */
      partial?: string;
      /**
       * The digest of the transcript, in the run's evidence, of what an agent had said and done when it was interrupted; it goes on from there.
       */
      conversation?: string;
      /**
       * Why something did not succeed: a class and that class's facts.
       */
      failure: {
        /**
         * The failure class.
         */
        class: string;
        [k: string]: unknown;
      };
      /**
       * What became of the orders that it waited for.
       */
      outputs?: unknown;
    }
  | {
      state: 'skipped';
      because: string;
    }
  | {
      state: 'cancelled';
    };

/**
 * What a step may change. A path must match `write` and must not match `never`.
 */
export interface Scope {
  /**
   * Paths that may change. Default: every path.
   *
   * @maxItems 500
   *
   * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
   */
  write?: string[];
  /**
   * Paths that must not change, whatever `write` says.
   *
   * @maxItems 500
   *
   * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
   */
  never?: string[];
  /**
   * Beside that, only files in which the merge of `base` conflicts.
   */
  conflicts?: boolean;
}
/**
 * `pushpals.yml`: what should run in this repository.
 */
export interface Project {
  /**
   * The version of this format.
   */
  version: 1;
  /**
   * A name for reports.
   */
  project: string;
  /**
   * The branch that desired state is read from and that work is based on.
   */
  branch?: string;
  /**
   * Where orders, approvals and evidence live.
   */
  ops?: {
    /**
     * The orphan branch.
     */
    branch?: string;
    /**
     * The folder, relative to the repository, where people see that branch.
     */
    worktree?: string;
    /**
     * The remote that runners share, or `none` for one machine.
     */
    remote?: string;
  };
  /**
   * How much runs at once.
   */
  runner?: {
    /**
     * How many orders run at once. Where several machines share a remote, on each of them.
     */
    slots?: number;
    /**
     * How many steps of one run execute at once.
     */
    parallel?: number;
    /**
     * How long a claim holds without a sign of life.
     */
    lease?: string;
    /**
     * What becomes of an order that may change the same files as one that runs, by `constraints.only` and the scopes of formulas and steps. `wait`: it waits for its turn; an order that says nothing of its scope does not. `strict`: one that says nothing may change everything. `run`: nothing waits for that, and what does not fit is found when it ships.
     */
    overlapping?: 'wait' | 'strict' | 'run';
  };
  /**
   * The defaults of every step. A formula may narrow them.
   */
  sandbox?: {
    /**
     * What isolates a step. There is no fallback to a weaker one. `host` isolates nothing.
     */
    driver?: 'docker' | 'bubblewrap' | 'host';
    /**
     * The container image of the `docker` driver.
     */
    image?: string;
    build?: ImageBuild;
    /**
     * `pinned`: images are named by their digest (`name@sha256:…`), so that what was looked at is what runs. `any`: a tag is enough.
     */
    'image-policy'?: 'any' | 'pinned';
    /**
     * What all `cache` folders of the project may take on one machine; what was not used for longest goes first.
     */
    caches?: string;
    /**
     * What becomes of an image that the engine does not have. `missing`: it is pulled, once, before a run begins. `never`: orders wait until somebody has pulled it.
     */
    pull?: 'missing' | 'never';
    network?: Network;
    /**
     * The least isolation of every step: `container`, `process` or `none`. A driver that gives less is refused.
     */
    isolation?: 'container' | 'process' | 'none';
    /**
     * How many processors a step may keep busy.
     */
    cpus?: number;
    /**
     * How much memory a step may use, its temporary folders included.
     */
    memory?: string;
    /**
     * How many processes and threads a step may have at the same time.
     */
    pids?: number;
    /**
     * How much a step may write to its work tree, git directory and outputs.
     */
    disk?: string;
    /**
     * How many files and folders a step may write there.
     */
    files?: number;
    /**
     * How much a command may print.
     */
    output?: string;
  };
  /**
   * Shell commands that formulas call by name. `setup` runs before every `check: { command: … }`.
   */
  commands?: {
    /**
     * A shell command, or one with what it may reach.
     */
    [k: string]:
      | string
      | {
          /**
           * The shell command.
           */
          run: string;
          network?: Network;
        };
  };
  /**
   * The formula of an order that names none, matches no route and asks for no capability that an agent has. `plan-work` has a planner divide it.
   */
  formula?: string;
  /**
   * Results of orders that nobody asked for (triggers make them) that do not ship where there is nothing more to them, unless the order says what they unblock: `cosmetic` (comments, indentation, empty lines) and `documentation`.
   *
   * @maxItems 2
   */
  'hold-back'?: ('cosmetic' | 'documentation')[];
  /**
   * How results reach the project. An order is done when its result is seen in the target.
   */
  integrate?: {
    /**
     * The target branch. Default: the project's.
     */
    into?: string;
    /**
     * A branch that the target is kept in step with, such as `main` for an integration branch `main_agents`: it is brought along where it only has to be fast-forwarded, and else merged in, and checked, with the next result.
     */
    from?: string;
    /**
     * How a result gets there. `branch`: it is left on a branch of its own, and the order is done. `merge`: the runner merges it, one target at a time, and only what was checked as it is merged. `pull-request`: people or the forge merge it.
     */
    via?: 'merge' | 'pull-request' | 'branch';
    /**
     * How many results that wait for the target are tried together: the checks run once for all of them, and where they fail, halves tell which result is to blame. 1: each by itself.
     */
    batch?: number;
    /**
     * Where there is no remote, whether a target that somebody has checked out here is moved together with their work tree, as long as all of theirs is committed. Otherwise the order waits until they merge it.
     */
    'fast-forward'?: boolean;
    /**
     * How many pull requests of results are open at once; the others wait, the most urgent first.
     */
    open?: number;
    /**
     * Keeps one pull request from the target to `from` open while the target is ahead of it. It lists the orders that are in it, and people merge it.
     */
    rolling?: boolean;
    /**
     * Labels that each pull request of a result gets.
     *
     * @maxItems 20
     */
    labels?: string[];
    /**
     * Who is asked to review each pull request of a result: logins; on GitHub also teams, as `organization/team`.
     *
     * @maxItems 20
     */
    reviewers?: string[];
    /**
     * How the runner merges a pull request where the policy has it do so (`auto-merge`).
     */
    method?: 'merge' | 'squash' | 'rebase';
  };
  /**
   * Remotes that only follow the project: they are brought along when its branch or target has moved, never by force. That one cannot be is said and tried again, and holds nothing up.
   *
   * @maxItems 20
   *
   * Items: One of them.
   */
  mirrors?: {
    /**
     * The name of a git remote on the machine of the runner, or an address by https, ssh or git, without a password. It is reached as the git of whoever runs the runner reaches it.
     */
    remote: string;
    /**
     * Globs of the branches that it has. Default: the project's branch and the target. The runner's own (`ops`, `vault/…`, `pushpals/…`) are none of them.
     *
     * @maxItems 50
     */
    branches?: string[];
    /**
     * Globs of the tags that it has; they go along when a branch does. Default: none.
     *
     * @maxItems 50
     */
    tags?: string[];
  }[];
  /**
   * Where pull requests live.
   */
  forge?: {
    /**
     * The forge's software.
     */
    kind?: 'none' | 'github' | 'gitea' | 'gitlab';
    /**
     * Its name on the forge, as `owner/name`.
     */
    repo?: string;
    /**
     * Where the forge is, as in a browser. Default: the public ones of GitHub and GitLab.
     */
    baseUrl?: string;
    /**
     * Where the runner's machine has its token. It reaches no sandbox. Default: the runner's environment variable `PUSHPALS_FORGE_TOKEN`.
     */
    token?: {
      /**
       * A variable of the runner's environment.
       */
      env?: string;
      /**
       * An absolute path on the runner's machine, outside of the repository, that nobody but its owner may read. A line break at its end does not count.
       */
      file?: string;
      /**
       * A program with its arguments, run on the runner's machine as the runner, without a shell; what it prints is the value. A line break at the end does not count.
       *
       * @minItems 1
       * @maxItems 50
       */
      command?: string[];
    };
  };
  /**
   * Which issues of the forge become orders. What is written in one is never an instruction: the formula `gatekeeper` looks into it, and files the order that it comes to in words of its own. Default: none.
   */
  issues?: {
    /**
     * The labels that make an issue an order; of several that it has, the first one here counts. Whoever can label issues has work begun by it.
     */
    labels: {
      /**
       * What orders of such issues are like; `{}` for nothing beside the rules of the project.
       */
      [k: string]: {
        /**
         * The formula of the order that is filed in the end. Default: by the project's rules.
         */
        formula?: string;
        risk?: Tier;
        /**
         * How urgent they are beside others.
         */
        priority?: 'normal' | 'background';
      };
    };
    /**
     * Of how many issues orders may wait or run at once.
     */
    most?: number;
  };
  /**
   * Which signals of the forge become orders, each as the formula that takes it on, or `off`. Nothing that a check or a review says is an instruction: it goes with the order as background. Default: none.
   */
  signals?: {
    /**
     * A check fails at the tip of the project's branch that its rules require, such as `ci-medic`. One that was cancelled or skipped says nothing.
     */
    'default-branch'?: string;
    /**
     * A check fails on the pull request of a result that nobody else has gone on with, such as `follow-up`. The formula's input `branch` is the branch.
     */
    checks?: string;
    /**
     * Somebody who may write to the repository asks for changes on the pull request of a result, such as `follow-up`. The formula's input `branch` is the branch.
     */
    reviews?: string;
    /**
     * The pull request of a result conflicts with the project's branch, such as `conflict-resolver`. The formula's input `branch` is the branch.
     */
    conflicts?: string;
    /**
     * How many orders are made of what checks find on one pull request, and of conflicts that none of them resolved, before a person is asked. What something around the work ended does not count, nor what people cancelled.
     */
    rounds?: number;
  };
  /**
   * Language models by name.
   */
  models?: {
    [k: string]: {
      /**
       * The protocol the server speaks.
       */
      provider: 'ollama' | 'openai';
      /**
       * The model's name there.
       */
      model: string;
      /**
       * Where the server answers. Default for `ollama`: the runner's `OLLAMA_HOST`, else its usual port on this machine; for `openai`: the API of OpenAI itself.
       */
      baseUrl?: string;
      /**
       * The environment variable of the runner that holds the key. It never reaches a sandbox.
       */
      keyEnv?: string;
      /**
       * How many tokens fit, prompt and answer together. Default: what the server says of the model, for `ollama` at most 32768, as memory grows with it; 8192 where it says nothing.
       */
      context?: number;
      /**
       * How freely it answers.
       */
      temperature?: number;
      /**
       * Where the server heeds one: the same seed, the same answer.
       */
      seed?: number;
      /**
       * How it asks for tools. `native`: by the server's own tool calls. `text`: by a plain-text format, for models that know none. `auto`: whatever the server says of the model.
       */
      calls?: 'auto' | 'native' | 'text';
      /**
       * What a million tokens cost, in US dollars; without it, using the model costs nothing.
       */
      price?: {
        /**
         * Of what is read.
         */
        input: number;
        /**
         * Of what is written.
         */
        output: number;
      };
      /**
       * How long the server may be silent before it is given up.
       */
      timeout?: string;
    };
  };
  /**
   * What makes an order without a person.
   *
   * @maxItems 200
   */
  triggers?: {
    /**
     * The trigger's name.
     */
    id: string;
    /**
     * Fires by the clock: five fields (minute hour day month weekday), or `@daily` and the like. A time that a daylight-saving day skips is taken an hour later, one that it has twice the first time; every hour (`*`) is every hour that passes.
     */
    cron?: string;
    /**
     * An IANA name, such as `Europe/Berlin`.
     */
    timezone?: string;
    /**
     * What to do about instants at which nothing ran: make the last one up, make all of them up (oldest first), or let them go.
     */
    missed?: 'latest' | 'all' | 'skip';
    /**
     * Fires later by up to that long: always by the same time, which follows from the names of project and trigger, so that many repositories do not start at once.
     */
    jitter?: string;
    /**
     * An instant older than that is not made up any more. Default: none, and `15m` with `missed: skip`.
     */
    deadline?: string;
    /**
     * Fires when this branch has a new tip: as the remote has it, where runners share one.
     */
    branch?: string;
    /**
     * Fires only if one of these paths changed.
     *
     * @maxItems 500
     *
     * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
     */
    paths?: string[];
    /**
     * Fires when a committed file of the ops branch changes: globs over what is the people's there, such as `knowledge/**` or `RESOURCES.md`.
     *
     * @minItems 1
     * @maxItems 100
     *
     * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
     */
    files?: string[];
    /**
     * Fires when an order ends.
     */
    after?: {
      /**
       * Of this formula.
       */
      formula: string;
      /**
       * As what it ends.
       */
      on?: 'done' | 'failed' | 'cancelled';
    };
    /**
     * Fires when a request is decided.
     */
    vault?: {
      /**
       * The decision.
       */
      on: 'approved' | 'rejected' | 'expired';
      /**
       * Of requests of this kind only.
       */
      kind?: 'start' | 'merge' | 'step' | 'budget' | 'task' | 'question';
    };
    /**
     * The order to make.
     */
    order: {
      /**
       * What is wanted.
       */
      goal?: string;
      /**
       * The formula to run.
       */
      formula: string;
      risk?: Tier;
      priority?: Priority;
      /**
       * The formula's inputs.
       */
      inputs?: {
        [k: string]: unknown;
      };
      /**
       * Bounds on the work.
       */
      constraints?: {
        /**
         * Paths that must not change.
         *
         * @maxItems 500
         *
         * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
         */
        avoid?: string[];
        /**
         * The only paths that may change.
         *
         * @maxItems 500
         *
         * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
         */
        only?: string[];
        /**
         * The longest the run may take.
         */
        time?: string;
        /**
         * Anything else, as text for the agent.
         */
        notes?: string;
      };
      /**
       * What cannot go on without its results; they then ship though they are only cosmetic or documentation.
       */
      unblocks?: string;
    };
  }[];
  /**
   * Where the runner's machine has the values of secrets. One that is not named here is the runner's environment variable `PUSHPALS_SECRET_<NAME>`.
   */
  secrets?: {
    /**
     * Exactly one of `env`, `file`, `command`.
     */
    [k: string]: {
      /**
       * A variable of the runner's environment.
       */
      env?: string;
      /**
       * An absolute path on the runner's machine, outside of the repository, that nobody but its owner may read. A line break at its end does not count.
       */
      file?: string;
      /**
       * A program with its arguments, run on the runner's machine as the runner, without a shell; what it prints is the value. A line break at the end does not count.
       *
       * @minItems 1
       * @maxItems 50
       */
      command?: string[];
    };
  };
  /**
   * Commands to run on events.
   *
   * @maxItems 50
   */
  notify?: {
    /**
     * An argument list.
     *
     * @minItems 1
     */
    command: string[];
    /**
     * The events to hear of.
     *
     * @minItems 1
     */
    on: ('vault-pending' | 'failed' | 'done' | 'rejected')[];
  }[];
}
/**
 * What an image is built from: files of the project, as they are committed.
 */
export interface ImageBuild {
  /**
   * A file of the project.
   */
  dockerfile?: string;
  /**
   * The folder that the Dockerfile can copy from, `.` for all of the project. Without it the Dockerfile stands alone, and only a change to it has the image built anew.
   */
  context?: string;
  /**
   * What the steps of the Dockerfile may reach: nothing, or everything where the policy says `network: { allow: full }`.
   */
  network?: 'none' | 'full';
}
/**
 * `ops/inbox/*.yml` or `*.md`: one piece of work that somebody wants.
 */
export interface Order {
  /**
   * What is wanted, in a sentence or two.
   */
  goal: string;
  /**
   * The formula to run. Default: by the policy's routes, else by `capability`, else the project's `formula`.
   */
  formula?: string;
  /**
   * What it takes, such as `bug-fix`. Where no formula is named and no route matches, the first formula runs whose agent has this capability: the project's own ones first, then by name.
   */
  capability?: string;
  risk?: Tier;
  priority?: Priority;
  /**
   * Checked against the formula's inputs.
   */
  inputs?: {
    [k: string]: unknown;
  };
  /**
   * Bounds on the work.
   */
  constraints?: {
    /**
     * Paths that must not change.
     *
     * @maxItems 500
     *
     * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
     */
    avoid?: string[];
    /**
     * The only paths that may change.
     *
     * @maxItems 500
     *
     * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
     */
    only?: string[];
    /**
     * The longest the run may take.
     */
    time?: string;
    /**
     * Anything else, as text for the agent.
     */
    notes?: string;
  };
  /**
   * What must hold at the end.
   *
   * @maxItems 50
   */
  done?: string[];
  /**
   * Commands of the project (`commands`) that must succeed on the result, whatever the formula checks itself.
   *
   * @maxItems 20
   */
  checks?: string[];
  /**
   * Logs, links, background: untrusted text, handed on as data.
   */
  context?: string;
  /**
   * Where it was said, such as an address, by somebody who may give no orders here: a customer, a reporter of an issue. Nothing in it is an instruction then. The formula `gatekeeper` looks into it, and files the order that it comes to in words of its own.
   */
  outside?: string;
  /**
   * Orders that must be done before this one starts.
   *
   * @maxItems 50
   *
   * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
   */
  after?: string[];
  /**
   * An order with the same key as one that is queued, active or waiting is rejected. Default: a digest of formula, goal and inputs.
   */
  dedupe?: string;
  /**
   * If it has not started by then, it is cancelled.
   */
  expires?: string;
  /**
   * What cannot go on without this work. A result that is only cosmetic or documentation, and that nobody asked for, ships where the order says this, and is held back where it does not.
   */
  unblocks?: string;
}
/**
 * One node of a formula's graph: exactly one of `run`, `check`, `diagnose`, `agent`, `review`, `revert`, `approve`, `task`, `orders`, `ship`.
 */
export interface Step {
  /**
   * Its name within the formula.
   */
  id: string;
  run?: Command;
  check?: Command;
  /**
   * What a `check` must end with.
   */
  expect?: 'success' | 'failure';
  diagnose?: Command;
  /**
   * How often a `diagnose` step runs its command: 2 to 50, 5 if not given.
   */
  runs?: string;
  /**
   * Instructions for an agent, which works on the tree with its tools.
   */
  agent?: string;
  /**
   * What another agent is to look for in the change so far. It reads the tree, the diff, the order and what checks came to, writes nothing, and answers with findings.
   */
  review?: string;
  /**
   * The agent that performs this step: of an `agent` step, where it is another than the formula's; of a `review` step, who reviews, which is nobody whose work it is.
   */
  by?: string;
  /**
   * The `agent` step that mends what a `review` finds: it starts again from what was reviewed, with the findings before it, and so does everything after it up to the review.
   */
  fix?: string;
  /**
   * How often a `review` may send the run back to `fix`. What blocks after that is up to people.
   */
  rounds?: number;
  /**
   * The least severity of a finding that holds the change up.
   */
  blocks?: 'high' | 'medium' | 'low';
  /**
   * A JSON Schema of what an `agent` step must answer with; the answer is the step's outputs.
   */
  returns?: {
    [k: string]: unknown;
  };
  /**
   * A CEL expression that gives the name of an order, such as `inputs.order`. What it shipped is taken back, by git's merge and without a sandbox: the opposite of its change, on the tree so far. Where later work changed the same lines the step fails with `merge-conflict`. Its outputs are `order`, `commit` and `title`, of what it takes back.
   */
  revert?: string;
  /**
   * A question that an approver must say yes to before the run goes on.
   */
  approve?: string;
  /**
   * What a person is asked to do outside; the run goes on with what they report, in the step's output `answer`. `{{ order.goal }}`, `{{ order.outside }}`, `{{ inputs.<name> }}` and `{{ steps.<id>.outputs.<name> }}` are filled in as text.
   */
  task?: string;
  /**
   * A CEL expression that gives a list of orders to file, such as `steps.plan.outputs.orders`. Beside the keys of an order, each may have a `name`, by which `after` of the others means it, `paths`, which is short for `constraints.only`, a `lane` (`deterministic` or `agent`), which its formula must have, and a `why` for people. They inherit the order's limits: none has a lower tier, more time or a wider scope.
   */
  orders?: string;
  /**
   * The run waits until all orders that this `orders` step filed have ended, without taking up a slot. One that does not end as done fails the step, unless it says `continue-on-failure`. Its output `orders` says of each its `id`, `state`, `outcome`, `branch`, `commit` and `evidence`.
   */
  await?: boolean;
  /**
   * Puts the result on the branch `pushpals/<order>`.
   */
  ship?: {
    /**
     * The commit's subject. `{{ order.goal }}`, `{{ order.id }}`, `{{ inputs.<name> }}` and `{{ steps.<id>.outputs.<name> }}` are filled in as text.
     */
    title?: string;
    /**
     * The commit's body, filled in the same way.
     */
    body?: string;
  };
  /**
   * Steps that must end first.
   *
   * @maxItems 100
   */
  needs?: string[];
  /**
   * The step is skipped unless this is true. Names: `order`, `inputs`, `matrix`, `steps.<id>.state`, `steps.<id>.outputs`, `changes.paths`, `changes.lines`; with `base`, `merge.needed` and `merge.conflicts` (paths). `tier` is the order's so far.
   */
  when?: string;
  /**
   * Runs the step once for each combination; the values are in `MATRIX_<NAME>`.
   */
  matrix?: {
    /**
     * @minItems 1
     * @maxItems 50
     *
     * Items: Text, a number, or `true` or `false`.
     */
    [k: string]: (string | number | boolean)[];
  };
  /**
   * Then the step is ended with everything it started.
   */
  timeout?: string;
  /**
   * Tries the step again when it fails.
   */
  retry?: {
    /**
     * How often at the most, the first included.
     */
    attempts: number;
    /**
     * The wait before the second attempt; it doubles each time.
     */
    backoff?: string;
  };
  /**
   * The least isolation of this step: `container`, `process` or `none`. A driver that gives less is refused.
   */
  isolation?: 'container' | 'process' | 'none';
  /**
   * What this step may use.
   */
  limits?: {
    /**
     * Processors.
     */
    cpus?: number;
    /**
     * Memory, temporary folders included.
     */
    memory?: string;
    /**
     * Processes and threads at the same time.
     */
    pids?: number;
    /**
     * What it may write to its work tree, git directory and outputs.
     */
    disk?: string;
    /**
     * How many files and folders it may write there.
     */
    files?: number;
    /**
     * How much a command may print.
     */
    output?: string;
  };
  /**
   * Environment variables for the step.
   */
  env?: {
    [k: string]: string;
  };
  /**
   * Secrets that the step's own process gets while it runs: by name, as the variable of that name, or with `as: file`. The policy grants them, and says who gets none.
   *
   * @maxItems 20
   *
   * Items: A secret's name, or a name with how it is handed over.
   */
  secrets?: (
    | string
    | {
        /**
         * Upper-case letters, digits and underscores, starting with a letter.
         */
        name: string;
        /**
         * `env`: the variable `NAME` holds the value. `file`: the variable `NAME_FILE` names a file that does.
         */
        as?: 'env' | 'file';
      }
  )[];
  /**
   * Folders of the step's home that outlive the run. Steps that can run what an agent wrote find them read-only, and never fill them.
   */
  cache?:
    | {
        /**
         * A folder of the step's home, such as `~/.npm`.
         */
        path: string;
        /**
         * Files of the project that its content depends on, such as `package-lock.json`.
         */
        key: string | string[];
      }
    | {
        /**
         * A folder of the step's home, such as `~/.npm`.
         */
        path: string;
        /**
         * Files of the project that its content depends on, such as `package-lock.json`.
         */
        key: string | string[];
      }[];
  build?: ImageBuild;
  /**
   * Another container image for this step.
   */
  image?: string;
  /**
   * What this step may reach; no more than the policy allows. `allowed`: whatever the policy allows, and nothing where that is `none`.
   */
  network?: Network | 'allowed';
  /**
   * A JSON Schema that the step's `outputs.json` must match.
   */
  outputs?: {
    [k: string]: unknown;
  };
  scope?: Scope;
  /**
   * Only in a project that has a command, or under `models:` the model, of this agent; elsewhere the step is left out, and the evidence says so.
   */
  'if-agent'?: string;
  /**
   * The run goes on, and can succeed, though this step failed. Of a step that awaits orders: though some of them did not end as done.
   */
  'continue-on-failure'?: boolean;
}
/**
 * `formulas/*.yml`: the steps that an agent performs.
 */
export interface Formula {
  /**
   * Its name; the same as the file's.
   */
  formula: string;
  /**
   * The version of this format.
   */
  version: 1;
  /**
   * What it does, in a sentence.
   */
  description?: string;
  risk?: Tier;
  /**
   * Who performs the `agent` steps.
   */
  agent?: string;
  /**
   * JSON Schema properties; one without a `default` must be given.
   */
  inputs?: {
    [k: string]: {
      [k: string]: unknown;
    };
  };
  scope?: Scope;
  /**
   * Bounds on one order.
   */
  budget?: {
    /**
     * The longest a run may take.
     */
    time?: string;
    /**
     * How many runs an order gets when runs fail.
     */
    attempts?: number;
    /**
     * The most model tokens that an order may use, over all its runs.
     */
    tokens?: number;
    /**
     * The most answers of models that an order may use, over all its runs.
     */
    turns?: number;
    /**
     * The most that an order may cost, over all its runs, in US dollars by the prices under `models`.
     */
    cost?: number;
  };
  /**
   * The least isolation of all its steps.
   */
  isolation?: 'container' | 'process' | 'none';
  /**
   * What each of its steps may use.
   */
  limits?: {
    /**
     * Processors.
     */
    cpus?: number;
    /**
     * Memory, temporary folders included.
     */
    memory?: string;
    /**
     * Processes and threads at the same time.
     */
    pids?: number;
    /**
     * What it may write to its work tree, git directory and outputs.
     */
    disk?: string;
    /**
     * How many files and folders it may write there.
     */
    files?: number;
    /**
     * How much a command may print.
     */
    output?: string;
  };
  /**
   * What a run starts from. Default: the tip of the project's branch.
   */
  base?: {
    /**
     * A CEL expression over `order` and `inputs` that gives a branch's name. The run starts from that branch with the project's branch merged in; where the two conflict, the files hold conflict markers, and no `check` runs and nothing ships while one is left. What ships is a merge of the two, and goes onto that branch where it is the one of an order's open pull request.
     */
    merge: string;
    /**
     * The run is there to mend that branch: a `check` that fails on it as well is no excuse.
     */
    mends?: boolean;
  };
  /**
   * Orders of one group run one at a time.
   */
  concurrency?: {
    /**
     * The group's name.
     */
    group: string;
    /**
     * What a later order does while there is one already. `queue`: it waits for its turn. `replace`: those that wait are cancelled, and one that runs is left to end. `drop`: it is rejected as a duplicate.
     */
    'on-conflict'?: 'queue' | 'replace' | 'drop';
  };
  /**
   * The graph.
   *
   * @minItems 1
   * @maxItems 200
   */
  steps: Step[];
}
/**
 * `agents/*.yml`: a role: a model or a command, with what it may do.
 */
export interface Agent {
  /**
   * Its name; the same as the file's.
   */
  agent: string;
  /**
   * What it is for.
   */
  description?: string;
  /**
   * What it can be asked to do.
   *
   * @maxItems 50
   *
   * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
   */
  capabilities?: string[];
  /**
   * A key of the project's `models`.
   */
  model?: string;
  /**
   * Keys of the project's `models` that are taken, in this order, where the one before does not answer. Without it no other model is ever taken.
   *
   * @maxItems 10
   *
   * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
   */
  fallback?: string[];
  /**
   * The most that this agent may use for what one step asks of it: all attempts at it, beginning anew where a review sends the run back.
   */
  budget?: {
    /**
     * Answers of a model.
     */
    turns?: number;
    /**
     * Model tokens.
     */
    tokens?: number;
    /**
     * US dollars.
     */
    cost?: number;
  };
  /**
   * A command-line agent that runs inside the sandbox.
   */
  command?: {
    /**
     * The program and its arguments. No shell looks at them; `{{ prompt-file }}` in one stands for the path of the file that holds the prompt.
     *
     * @minItems 1
     * @maxItems 200
     *
     * Items: An argument, as it is.
     */
    argv: string[];
    /**
     * What is written to its standard input. With `none` it is empty. The prompt is in the file that `PUSHPALS_PROMPT_FILE` names either way.
     */
    stdin?: 'prompt' | 'none';
    /**
     * Whose stream of events it prints: tokens, cost, messages and tool calls are read from it. With `none` nobody knows what it used.
     */
    events?: 'claude' | 'codex' | 'aider' | 'goose' | 'openhands' | 'none';
  };
  /**
   * The tools it may use.
   *
   * @maxItems 6
   */
  tools?: ('read' | 'edit' | 'write' | 'list' | 'search' | 'exec')[];
  /**
   * Commands it may execute.
   */
  exec?: {
    /**
     * Patterns of allowed command lines.
     *
     * @maxItems 200
     */
    allow?: string[];
  };
  network?: Network;
  /**
   * Secrets that the steps that it performs get, beside their own. The policy has to grant them to each formula with such a step, with `after-agent: true`.
   *
   * @maxItems 20
   *
   * Items: A secret's name, or a name with how it is handed over.
   */
  secrets?: (
    | string
    | {
        /**
         * Upper-case letters, digits and underscores, starting with a letter.
         */
        name: string;
        /**
         * `env`: the variable `NAME` holds the value. `file`: the variable `NAME_FILE` names a file that does.
         */
        as?: 'env' | 'file';
      }
  )[];
  /**
   * Environment variables for the steps that it performs. Those of a step go before them.
   */
  env?: {
    [k: string]: string;
  };
  /**
   * The container image for the steps that it performs and that name none.
   */
  image?: string;
  /**
   * Its standing instructions.
   */
  prompt?: string;
}
/**
 * A condition with a name.
 */
export interface PolicyRule {
  /**
   * The rule's name, shown with each decision it takes part in.
   */
  id: string;
  tier?: Tier;
  /**
   * Matches orders of this formula.
   */
  formula?: string;
  /**
   * Matches if one of these paths changed.
   *
   * @maxItems 500
   *
   * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
   */
  paths?: string[];
  /**
   * Matches if nothing but these paths changed.
   *
   * @maxItems 500
   *
   * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
   */
  'only-paths'?: string[];
  /**
   * Matches if this is true. Names: `order`, `changes.paths`, `changes.lines`, `changes.binary`, `changes.deleted`.
   */
  when?: string;
}
/**
 * `policy/policy.yml`: risk tiers, rules, approvers, limits.
 */
export interface Policy {
  /**
   * The version of this format.
   */
  version: 1;
  default?: Tier;
  /**
   * What each tier must pass.
   */
  tiers?: {
    [k: string]: {
      /**
       * `auto`: ships by itself. `merge-approval`: runs, and a person merges. `proposal`: nothing runs before a person approves.
       */
      gate?: 'auto' | 'merge-approval' | 'proposal';
      /**
       * How many people must approve.
       */
      approvals?: number;
      /**
       * Groups that they must belong to.
       *
       * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
       */
      from?: string[];
      /**
       * How results of this tier reach the project, where that is stricter than what `pushpals.yml` says; what is laxer has no effect.
       */
      integrate?: 'merge' | 'pull-request' | 'branch';
      /**
       * The pull request of a result of this tier is a draft: a proposal, until somebody marks it ready.
       */
      draft?: boolean;
      /**
       * The runner merges the pull request of a result of this tier, once the checks that the forge asks for have passed, one at the least, while nobody who may write asks for changes, and while it is exactly what was decided on. Otherwise people merge it.
       */
      'auto-merge'?: boolean;
    };
  };
  /**
   * Who may approve.
   *
   * @maxItems 500
   */
  approvers?: {
    /**
     * A name for this person.
     */
    id: string;
    /**
     * As in their commits.
     */
    emails?: string[];
    /**
     * Their login by forge.
     */
    logins?: {
      [k: string]: string;
    };
    /**
     * Their SSH public keys.
     */
    keys?: string[];
    /**
     * Groups they belong to.
     *
     * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
     */
    groups?: string[];
  }[];
  /**
   * How an approver is told.
   */
  verify?: 'signature' | 'forge' | 'identity';
  /**
   * All that match count; the highest tier wins.
   *
   * @maxItems 500
   */
  rules?: PolicyRule[];
  /**
   * What must never ship, whoever approves.
   *
   * @maxItems 500
   */
  deny?: PolicyRule[];
  /**
   * What becomes of lessons that agents propose.
   */
  knowledge?: {
    /**
     * `auto`: a lesson of a run that succeeded is read by the next ones. `propose`: it lies in `knowledge/proposed/` until a person accepts it. `none`: it is dropped, and the report says so.
     */
    lands?: 'auto' | 'propose' | 'none';
  };
  /**
   * Bounds on what runs of a day (UTC) may use, and on open requests. An order over a limit waits; nothing is dropped.
   */
  limits?: {
    /**
     * Runs started.
     */
    'orders-per-day'?: number;
    /**
     * US dollars, by the prices under `models`.
     */
    'cost-per-day'?: number;
    /**
     * Model tokens used.
     */
    'tokens-per-day'?: number;
    /**
     * Wall time of runs.
     */
    'time-per-day'?: string;
    /**
     * Lines added and removed by what shipped.
     */
    'lines-per-day'?: number;
    /**
     * Vault requests that may wait for people at the same time.
     */
    'open-requests'?: number;
    /**
     * Orders that one step may file.
     */
    children?: number;
    /**
     * How far orders that runs file may be from one that a person or a trigger filed.
     */
    depth?: number;
    /**
     * The most that any step may use, whatever `pushpals.yml` and its formula say.
     */
    step?: {
      /**
       * Processors.
       */
      cpus?: number;
      /**
       * Memory, temporary folders included.
       */
      memory?: string;
      /**
       * Processes and threads at the same time.
       */
      pids?: number;
      /**
       * What it may write to its work tree, git directory and outputs.
       */
      disk?: string;
      /**
       * How many files and folders it may write there.
       */
      files?: number;
      /**
       * How much a command may print.
       */
      output?: string;
      /**
       * How long it may take.
       */
      time?: string;
    };
    /**
     * The same for one agent: the `agent` of a formula, or the formula where it has none.
     */
    agents?: {
      /**
       * Bounds on what the runs of a day (UTC) may use.
       */
      [k: string]: {
        /**
         * Runs started.
         */
        'orders-per-day'?: number;
        /**
         * US dollars, by the prices under `models`.
         */
        'cost-per-day'?: number;
        /**
         * Model tokens used.
         */
        'tokens-per-day'?: number;
        /**
         * Wall time of runs.
         */
        'time-per-day'?: string;
        /**
         * Lines added and removed by what shipped.
         */
        'lines-per-day'?: number;
      };
    };
  };
  /**
   * The most that any step may reach.
   */
  network?: {
    allow?: Network;
    /**
     * Which of the allowed hosts may have private addresses, such as a registry of your own; all others are refused at those. Link-local addresses, such as a cloud's metadata, stay out of reach.
     *
     * @maxItems 200
     *
     * Items: A host's name without a port; `*.corp.example` for every name under it. `localhost` is the machine of the runner.
     */
    private?: string[];
  };
  /**
   * Who gets which secret. One that is not named here goes to nobody.
   */
  secrets?: {
    [k: string]: {
      /**
       * Formulas whose steps may have it.
       *
       * @minItems 1
       * @maxItems 200
       *
       * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
       */
      formulas: string[];
      tier?: Tier;
      /**
       * Also steps that run after an agent has changed the tree, or on a branch that an agent may have written, get it: they can run what the agent wrote. Their tier is high then, whatever `tier` says.
       */
      'after-agent'?: boolean;
    };
  };
  /**
   * `pinned`: every image is named by its digest, whatever `pushpals.yml` says.
   */
  'image-policy'?: 'any' | 'pinned';
  /**
   * What is known to look like a credential and is none. Comments in files have no say in it.
   */
  'secret-scan'?: {
    /**
     * Findings that do not count.
     *
     * @maxItems 200
     */
    allow?: {
      /**
       * A glob, relative to the top of the repository.
       */
      path: string;
      /**
       * The rule that may find something there, as a failure names it. Default: every rule.
       */
      rule?: string;
    }[];
  };
  /**
   * Which formula an order gets that names none; the first that matches.
   *
   * @maxItems 200
   */
  routes?: {
    /**
     * A condition over `order`.
     */
    when: string;
    /**
     * The formula to run.
     */
    formula: string;
  }[];
}
/**
 * `policy/tests/*.yml`: what the policy is expected to decide. `pushpals validate` runs them.
 */
export interface PolicyTests {
  /**
   * The version of this format.
   */
  version: 1;
  /**
   * Each is one order with what a run of it changed.
   *
   * @minItems 1
   * @maxItems 1000
   */
  cases: {
    /**
     * What the case shows, in words.
     */
    name: string;
    /**
     * The order's formula. Default: one that nobody knows.
     */
    formula?: string;
    /**
     * The order's text.
     */
    goal?: string;
    risk?: Tier;
    /**
     * What the run changed. Without it, the decision before the run is asked for.
     *
     * @minItems 1
     * @maxItems 1000
     */
    changes?: {
      /**
       * A changed file.
       */
      path: string;
      /**
       * How many lines of it.
       */
      lines?: number;
      /**
       * What happened to it.
       */
      kind?: 'added' | 'modified' | 'deleted';
      /**
       * It is no text.
       */
      binary?: boolean;
      /**
       * Its mode now: a new executable bit, a link.
       */
      mode?: '100644' | '100755' | '120000';
      /**
       * Packages that this manifest names now and did not before.
       */
      dependencies?: string[];
    }[];
    /**
     * What must come out.
     */
    expect: {
      tier: Tier;
      /**
       * The gate.
       */
      gate?: 'auto' | 'merge-approval' | 'proposal';
      /**
       * Whether a rule under `deny` matches.
       */
      denied?: boolean;
    };
  }[];
}
/**
 * What working with models used.
 */
export interface Usage {
  /**
   * Answers of models.
   */
  turns: number;
  /**
   * What models read.
   */
  inputTokens: number;
  /**
   * What models wrote.
   */
  outputTokens: number;
  /**
   * In US dollars, by the prices under `models`.
   */
  costUsd: number;
}
/**
 * Something that an agent would have remembered by those who come after it.
 */
export interface ProposedLesson {
  /**
   * In a sentence.
   */
  title: string;
  /**
   * As Markdown.
   */
  text: string;
  /**
   * Globs of the files that it is about.
   *
   * @maxItems 20
   *
   * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
   */
  paths?: string[];
}
/**
 * The runner process that holds a claim.
 */
export interface Claimant {
  /**
   * The machine's name.
   */
  host: string;
  /**
   * On that machine.
   */
  pid: number;
  /**
   * The kernel's start time of that process, so that a reused id is told apart.
   */
  startedAt: string;
  /**
   * The machine's boot id.
   */
  boot: string;
}
/**
 * The front matter of `ops/knowledge/*.md`: where a lesson comes from. Below it stands the lesson, as Markdown.
 */
export interface Lesson {
  /**
   * Its name; the same as the file's.
   */
  lesson: string;
  /**
   * In a sentence.
   */
  title: string;
  /**
   * Globs of the files that it is about; without them it is about everything.
   *
   * @maxItems 20
   *
   * Items: A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.
   */
  paths?: string[];
  /**
   * When it was learned.
   */
  at?: string;
  /**
   * The order in whose run it was learned.
   */
  order?: string;
  /**
   * That run.
   */
  run?: string;
  /**
   * The agent that proposed it.
   */
  by?: string;
  /**
   * SHA-256 of title and text as the agent proposed them.
   */
  digest?: string;
}
/**
 * Something that a review found.
 */
export interface Finding {
  /**
   * `note` never holds anything up.
   */
  severity: 'high' | 'medium' | 'low' | 'note';
  /**
   * In a sentence.
   */
  title: string;
  /**
   * Why, and what follows from it.
   */
  detail?: string;
  /**
   * What would mend it.
   */
  suggestion?: string;
  /**
   * Where, relative to the top of the repository.
   */
  file?: string;
  /**
   * Counts from 1.
   */
  line?: number;
  /**
   * `reviewer`: an agent says so. `runner`: computed from the trees.
   */
  from: 'reviewer' | 'runner';
  /**
   * What is wrong with the place: the file is not there, or is not that long.
   */
  doubt?: string;
}
/**
 * A review that sent the run back.
 */
export interface Round {
  /**
   * The step that reviewed.
   */
  review: string;
  /**
   * The step that it sent the run back to.
   */
  fix: string;
  /**
   * Counts the rounds of this review from 1.
   */
  number: number;
  /**
   * When.
   */
  at: string;
  /**
   * What was reviewed, and what the fix starts from. Absent where nothing vouches for it any more.
   */
  snapshot?: string;
  /**
   * In the reviewer's words.
   */
  summary?: string;
  tier?: Tier;
  /**
   * What was found.
   *
   * @maxItems 100
   */
  findings: Finding[];
}
/**
 * One attempt at an order by one runner.
 */
export interface RunRecord {
  /**
   * `<order>-<attempt>`.
   */
  id: string;
  /**
   * Counts from 1.
   */
  attempt: number;
  /**
   * When it was claimed.
   */
  claimedAt: string;
  claimant: Claimant;
  /**
   * Until when the claim holds without a sign of life.
   */
  leaseUntil: string;
  /**
   * The formula that runs.
   */
  formula: string;
  /**
   * SHA-256 of the formula's text.
   */
  formulaDigest: string;
  /**
   * The formula's agent, where it has one.
   */
  agent?: string;
  /**
   * Runners of this run that died one after the other without any step coming to an end.
   */
  lost?: {
    /**
     * How many.
     */
    times: number;
    /**
     * How many steps had come to an end then.
     */
    settled: number;
  };
  /**
   * Milliseconds that people granted it beyond its budget.
   */
  grantedMs?: number;
  /**
   * Since when it is nobody's, and waits to be gone on with where it stopped.
   */
  pausedAt?: string;
  usedBefore?: Usage;
  /**
   * Milliseconds that it waited for people, which do not count against its time.
   */
  waitedMs?: number;
  /**
   * The approved request by which it started.
   */
  start?: string;
  /**
   * The approved request that it goes on with.
   */
  request?: string;
  /**
   * The commit that the work starts from.
   */
  base: string;
  /**
   * The automatic merge that `base` is, where the formula starts from one. Where `base` is `head`, there was nothing to merge.
   */
  merge?: {
    /**
     * The branch that is brought up to date.
     */
    branch: string;
    /**
     * Its tip, the first parent of what ships.
     */
    head: string;
    /**
     * The tip of the project's branch, or of `into`, the second parent.
     */
    incoming: string;
    /**
     * The target that `branch` was on its way into, and that the result goes into. Absent where the result belongs to `branch`.
     */
    into?: string;
    /**
     * What could not be merged by itself.
     */
    conflicts: {
      /**
       * The file.
       */
      path: string;
      /**
       * In git's words, such as `contents` or `modify/delete`.
       */
      kind: string;
    }[];
  };
  /**
   * The run is over, and a runner merges its result.
   */
  integration?: {
    /**
     * The target.
     */
    into: string;
    /**
     * Where it was when this began.
     */
    target: string;
    /**
     * The orders whose results are tried together, this one first.
     *
     * @minItems 1
     * @maxItems 50
     *
     * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
     */
    batch: string[];
  };
  /**
   * The sandbox driver.
   */
  driver: 'docker' | 'bubblewrap' | 'host';
  /**
   * Conflicts with a base that moved that were resolved without anybody.
   *
   * @maxItems 200
   */
  resolved?: {
    /**
     * The file.
     */
    path: string;
    /**
     * `recorded`: as people resolved the same conflict before (`git rerere`). `union`: both sides, by `merge=union` in the `.gitattributes` of the base.
     */
    by: 'recorded' | 'union';
    /**
     * The base that it was resolved on.
     */
    onto: string;
  }[];
  /**
   * Reviews that sent the run back, in their order.
   *
   * @maxItems 200
   */
  rounds?: Round[];
  /**
   * The status of each step, by its key.
   */
  steps: {
    [k: string]: StepStatus;
  };
}
/**
 * What a request asks about, to the last byte: an approval holds for exactly this.
 */
export interface Subject {
  /**
   * SHA-256 over all the other parts, with the request's kind, order, run and step.
   */
  digest: string;
  /**
   * Digest of the order's text.
   */
  order: string;
  /**
   * Digest of the formula's file.
   */
  formula: string;
  /**
   * Digest of the policy in force.
   */
  policy: string;
  /**
   * The commit that the work starts from.
   */
  base: string;
  /**
   * The tree that would ship, or that the step stands at.
   */
  tree?: string;
  /**
   * Digest of what is changed, without where in its files: where the base moves on and the diff stays the same, an approval holds.
   */
  diff?: string;
  /**
   * The sandbox image.
   */
  image?: string;
  /**
   * What the images of the steps were when it was asked, by their names: a tag can come to mean another image.
   */
  images?: {
    [k: string]: string;
  };
  /**
   * Digest of the lists of orders that the run would file after an `approve` step.
   */
  orders?: string;
  /**
   * The branch that the result would be merged into; none where it would only lie on a branch of its own.
   */
  into?: string;
  /**
   * Names of the secrets that steps would get.
   */
  secrets?: string[];
}
/**
 * `ops/vault/pending|approved|fired|rejected/<id>.yml`: what a person is asked, and what came of it. The folder is its state.
 */
export interface VaultRequest {
  /**
   * The request's name, unique for all time.
   */
  id: string;
  /**
   * `start`: may it run. `merge`: may the result ship. `step`: an `approve` step of the formula. `budget`: may it take as much time again, or use more. `task`: something to do outside. `question`: what should become of it.
   */
  kind: 'start' | 'merge' | 'step' | 'budget' | 'task' | 'question';
  /**
   * The order that waits.
   */
  order: string;
  /**
   * The run that waits, where there is one.
   */
  run?: string;
  /**
   * The step that waits.
   */
  step?: string;
  tier: Tier;
  /**
   * Why this tier, each with its rule.
   */
  reasons: {
    /**
     * The rule's id.
     */
    rule: string;
    /**
     * The tier that it asks for.
     */
    tier: string;
    /**
     * In words.
     */
    because: string;
  }[];
  subject: Subject;
  /**
   * What a yes to a `budget` request adds to what the order may use; without it, time.
   */
  grant?: {
    /**
     * Answers of models.
     */
    turns?: number;
    /**
     * Model tokens, read and written.
     */
    tokens?: number;
    /**
     * US dollars.
     */
    cost?: number;
  };
  /**
   * Who must approve.
   */
  needs: {
    /**
     * How many people.
     */
    approvals: number;
    /**
     * Groups that they must belong to; without it any approver.
     */
    from?: string[];
  };
  /**
   * The request in words.
   */
  asks: {
    /**
     * The question.
     */
    what: string;
    /**
     * The order's goal.
     */
    why: string;
    /**
     * The steps that would run, or the orders that would be filed.
     */
    plan?: string[];
    /**
     * What may be written.
     */
    scope?: string[];
    /**
     * What is changed.
     */
    changes?: string[];
    /**
     * What to look at.
     */
    risks?: string[];
    /**
     * What happens after approval.
     */
    then: string;
    /**
     * How it is taken back.
     */
    rollback: string;
  };
  /**
   * When it was asked.
   */
  at: string;
  /**
   * Until when it can be approved.
   */
  expires: string;
  /**
   * What may be answered to a question.
   */
  answers?: string[];
  /**
   * What the person reports or decides: the one thing that an approval may add.
   */
  answer?: string;
  /**
   * Those that count so far.
   *
   * Items: One person's yes.
   */
  approvals?: {
    /**
     * The approver.
     */
    by: string;
    /**
     * The commit on the ops branch that says so.
     */
    commit: string;
    /**
     * When it was seen.
     */
    at: string;
    /**
     * `verify: forge`: what the forge said of the pull request whose merge this is.
     */
    forge?: {
      /**
       * The forge's software.
       */
      kind: 'github' | 'gitea' | 'gitlab';
      /**
       * Its number.
       */
      pull: number;
      /**
       * Where it is.
       */
      url: string;
      /**
       * Who merged it.
       */
      login: string;
      /**
       * When they did.
       */
      at: string;
    };
  }[];
  /**
   * What looked like an approval and is none.
   */
  refused?: {
    /**
     * The commit on the ops branch.
     */
    commit: string;
    /**
     * When it was refused.
     */
    at: string;
    /**
     * In words.
     */
    why: string;
  }[];
  /**
   * What came of it.
   */
  end?: {
    /**
     * When.
     */
    at: string;
    /**
     * `intended`: about to be done. `done`. `unknown`: a crash lies between, and nobody can tell. `rejected`, `expired`, `void` (what it asked about changed).
     */
    outcome: 'intended' | 'done' | 'unknown' | 'rejected' | 'expired' | 'void';
    /**
     * Who rejected or resolved it.
     */
    by?: string;
    /**
     * In words.
     */
    reason?: string;
  };
}
/**
 * `ops/triggers/<trigger>.yml`: where a trigger stands. Only the runner writes it.
 */
export interface TriggerRecord {
  /**
   * The trigger's name in `pushpals.yml`.
   */
  id: string;
  /**
   * SHA-256 of what `pushpals.yml` says of it: where that changes, it starts counting anew.
   */
  spec: string;
  /**
   * Since when it counts.
   */
  since: string;
  /**
   * `cron`: what was due up to here is settled.
   */
  through?: string;
  /**
   * `branch`: the tip that is settled; none while there is no such branch.
   */
  tip?: string;
  /**
   * `files`: SHA-256 of the matching files that are settled.
   */
  files?: string;
  /**
   * `after`, `vault` and `files`: what the ops branch held up to here is settled.
   */
  seen?: {
    /**
     * Its tip.
     */
    commit: string;
    /**
     * When that was.
     */
    at: string;
  };
  /**
   * What it did last.
   */
  last?: {
    /**
     * When.
     */
    at: string;
    /**
     * What it fired for, in words.
     */
    for: string;
    /**
     * The order that it made.
     */
    order?: string;
    /**
     * Why it could make none, or how that order failed.
     */
    failure?: string;
  };
  /**
   * How many orders it has made since it counts.
   */
  made: number;
  /**
   * Its orders that have not ended.
   *
   * @maxItems 100
   *
   * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
   */
  open: string[];
  /**
   * How many of its orders in a row failed or could not be made.
   */
  failures: number;
  /**
   * It does not fire until its spec changes or `pushpals trigger resume`.
   */
  suspended?: {
    /**
     * Since when.
     */
    since: string;
    /**
     * In words.
     */
    why: string;
  };
}
/**
 * `ops/queue|active|waiting|done|failed|cancelled/…/<order>.yml`: an accepted order and what became of it. The folder is its state.
 */
export interface OrderRecord {
  /**
   * The order's name, unique for all time.
   */
  id: string;
  order: Order;
  /**
   * The formula chosen for it.
   */
  formula: string;
  /**
   * Why that formula, where the order does not name it.
   */
  routed?: string;
  /**
   * The key in force.
   */
  dedupe: string;
  /**
   * The order whose run filed this one.
   */
  parent?: string;
  /**
   * How many orders, each filed by a run of the one before, led to this one; none where no run filed it.
   */
  depth?: number;
  /**
   * Where it came from.
   */
  accepted: {
    /**
     * When.
     */
    at: string;
    /**
     * The inbox file, the command or the run that it came from.
     */
    from: string;
    /**
     * SHA-256 of the original bytes.
     */
    digest: string;
    /**
     * Who asked.
     */
    actor: string;
    /**
     * Whose order led to this one, where a run filed it; who fired the trigger, where a person did.
     */
    onBehalfOf?: string;
    /**
     * How many triggers fired one after the other, each by what the order before came to, until this one was made.
     */
    chain?: number;
    /**
     * What it is work on, where whoever made it knows: `request` (people ask for it), `build` (something is broken), `backlog`, `follow-up` (of a review, or a conflict) or `friction`. It says whose turn is first.
     */
    work?: 'request' | 'build' | 'backlog' | 'follow-up' | 'friction';
  };
  /**
   * How many runs have been started.
   */
  attempts: number;
  /**
   * Runs in a row that ended by what was broken around them and not by the work's own fault. They use up no attempt, and after twelve of them a person is asked.
   */
  outage?: {
    /**
     * How many.
     */
    times: number;
    /**
     * The failure class of the last.
     */
    class: string;
    /**
     * When the last one ended.
     */
    at: string;
  };
  /**
   * Its runs that failed, the oldest first; of many, the newest fifty.
   *
   * @maxItems 50
   */
  past?: {
    /**
     * The run.
     */
    run: string;
    /**
     * When it ended.
     */
    at: string;
    /**
     * The failure class.
     */
    class: string;
    /**
     * The evidence folder, relative to the ops branch.
     */
    evidence: string;
  }[];
  spent?: Usage;
  /**
   * What the order that filed this one gave it of its own budget. The stricter of this and the formula's budget holds.
   */
  allowance?: {
    /**
     * Answers of models.
     */
    turns?: number;
    /**
     * Model tokens, read and written.
     */
    tokens?: number;
    /**
     * US dollars.
     */
    cost?: number;
  };
  /**
   * What it gave to orders that it filed; it counts as used.
   */
  given?: {
    /**
     * Answers of models.
     */
    turns?: number;
    /**
     * Model tokens, read and written.
     */
    tokens?: number;
    /**
     * US dollars.
     */
    cost?: number;
  };
  /**
   * What people granted it beyond its budget.
   */
  granted?: {
    /**
     * Answers of models.
     */
    turns?: number;
    /**
     * Model tokens, read and written.
     */
    tokens?: number;
    /**
     * US dollars.
     */
    cost?: number;
  };
  /**
   * How many runs failed by the work's own fault; these use up the formula's attempts.
   */
  failures?: number;
  run?: RunRecord;
  /**
   * The result of its run, which is on its way into the target.
   */
  shipped?: {
    /**
     * The order's own branch.
     */
    branch: string;
    /**
     * The result: one commit, or the merge that brings another order's together with the target.
     */
    commit: string;
    /**
     * The commit that it stands on.
     */
    base: string;
    /**
     * The target.
     */
    into: string;
    /**
     * How a result reaches the project, the strictest last: `merge`, `pull-request`, `branch`.
     */
    via: 'merge' | 'pull-request' | 'branch';
    /**
     * When it shipped.
     */
    at: string;
    /**
     * The orders that were made to bring it together with a target that it does not fit.
     *
     * @minItems 1
     * @maxItems 10
     *
     * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
     */
    resolvers?: string[];
    tier?: Tier;
    /**
     * Its pull request, once there is one.
     */
    pull?: {
      /**
       * On the forge.
       */
      number: number;
      /**
       * Where it is.
       */
      url: string;
    };
  };
  /**
   * Why it is parked.
   */
  waiting?: {
    /**
     * Since when.
     */
    since: string;
    /**
     * It goes on at this time.
     */
    until?: string;
    /**
     * What it waits for.
     */
    on?: 'time' | 'order' | 'sandbox' | 'model' | 'config' | 'policy' | 'approval' | 'person' | 'integration';
    /**
     * Orders that its run filed, and goes on after; of a result on its way the one that brings it together with its target.
     *
     * @minItems 1
     *
     * Items: Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.
     */
    orders?: string[];
    /**
     * The vault request that it waits for.
     */
    request?: string;
    /**
     * SHA-256 of the request's file, as it was asked.
     */
    asked?: string;
    /**
     * In words.
     */
    reason: string;
    /**
     * Where the target was when a merge into it failed by its own fault: it is tried again once it has moved.
     */
    tried?: string;
    /**
     * Only people get on with it: on its pull request nothing more is tried.
     */
    people?: true;
    /**
     * The failure that parked it.
     */
    failure?: {
      /**
       * The failure class.
       */
      class: string;
      [k: string]: unknown;
    };
  };
  /**
   * How it ended.
   */
  ended?: {
    /**
     * When.
     */
    at: string;
    /**
     * `shipped`, `no-change`, `held-back` (only cosmetic or documentation), `completed` (nothing to ship), `failed`, `cancelled`, `withdrawn` (its issue asks for it no more), `expired` or `replaced`.
     */
    outcome:
      | 'shipped'
      | 'no-change'
      | 'held-back'
      | 'completed'
      | 'failed'
      | 'cancelled'
      | 'withdrawn'
      | 'expired'
      | 'replaced';
    /**
     * Where it shipped.
     */
    branch?: string;
    /**
     * What shipped.
     */
    commit?: string;
    /**
     * The target that it was seen in.
     */
    into?: string;
    /**
     * Where that target was then.
     */
    seen?: string;
    /**
     * The pull request of what shipped, by the forge's record.
     */
    pull?: {
      /**
       * On the forge.
       */
      number: number;
      /**
       * Where it is.
       */
      url: string;
      /**
       * Who merged or closed it: a login.
       */
      by?: string;
      /**
       * The commit of the target that it was merged as, where that is not the commit that shipped: a squash or a rebase.
       */
      as?: string;
      /**
       * `others`: what was merged is the result with changes of others.
       */
      with?: 'others';
    };
    /**
     * The evidence folder, relative to the ops branch.
     */
    evidence?: string;
    /**
     * In words.
     */
    reason?: string;
    /**
     * The failure that ended it.
     */
    failure?: {
      /**
       * The failure class.
       */
      class: string;
      [k: string]: unknown;
    };
  };
}
