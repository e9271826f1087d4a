import { ok, type Result } from '../../runner/core/failure.js';
import { cancelOrder } from '../../runner/app/cancel.js';
import { retryOrder } from '../../runner/app/retry.js';
import { pause, resume } from '../../runner/app/pause.js';
import type { Tools } from '../../runner/app/tools.js';
import type { VaultRequest } from '../../runner/generated/types.js';
import { approveRequest, openRequests, rejectRequest, resolveRequest } from '../../runner/app/vault/people.js';
import { entryAt, filesBelow } from './git/objects.js';
import type { Operator } from './git/vault-history.js';
import type { SimulatedMachine } from './machine.js';
import { APPROVERS, CAROL, FORMULAS, MALLORY, formulasOf, policyFile, projectFile } from './project.js';
import type { Random } from './random.js';
import { MAIN, OPS, type World } from './world.js';

/** What a person put somewhere for the runner to take in. */
export interface Drop {
  readonly path: string;
  readonly goal: string;
}

const MINUTE = 60_000;
/** The branch that `merges` brings up to date. */
const FEATURE = 'refs/heads/feature';

/** What people do while runners work, and what the machines go through, made from the seed. */
export class Workload {
  readonly drops: Drop[] = [];
  /** Orders on whose branches people committed. */
  readonly touched = new Set<string>();
  readonly #random: Random;
  readonly verify: 'signature' | 'identity';
  readonly #twoPeople: boolean;
  readonly #formulas: readonly string[];
  readonly chaosMs: number;
  #notes = 0;
  #isQuiet = false;

  constructor(private readonly world: World) {
    this.#random = world.random.fork();
    const random = this.#random;
    this.verify = random.pick(['signature', 'identity']);
    this.#twoPeople = random.chance(0.3);
    this.chaosMs = random.int(5, 90) * MINUTE;
    // Some simulations have many orders of few shapes, some have a few of many.
    const shapes = random.int(1, 6);
    this.#formulas = Array.from({ length: shapes }, () => random.pick([...FORMULAS.keys()]));
  }

  /** The repository as `init` leaves it, with the project committed. */
  prepare(): void {
    const { world } = this;
    const project = projectFile(this.#random, world.isShared);
    const formulas = Object.fromEntries(formulasOf(project).map(([name, text]) => [`formulas/${name}.yml`, text]));
    world.commit(
      MAIN,
      'The project',
      {
        'pushpals.yml': project,
        'policy/policy.yml': policyFile(this.verify, this.#twoPeople),
        'src/shared.txt': 'nobody\n',
        ...formulas,
      },
      CAROL,
    );
    world.store.move(FEATURE, null, world.tip(MAIN).id);
    world.commit(FEATURE, 'A feature', { 'src/shared.txt': 'a feature\n', 'src/feature.txt': 'x\n' }, CAROL);
    world.commit(OPS, 'ops: set up', { 'README.md': 'ops\n', 'inbox/README.md': 'inbox\n' }, CAROL);
  }

  /** Has everything happen that happens while things go wrong. */
  plan(): void {
    const random = this.#random;
    const at = (): number => random.int(0, this.chaosMs);
    for (let count = random.int(1, 10); count > 0; count -= 1)
      this.#at(at(), () => {
        this.drop();
      });
    const some: readonly [number, () => void][] = [
      [
        2,
        () => {
          this.#dropAgain();
        },
      ],
      [
        1,
        () => {
          this.#dropBad();
        },
      ],
      [
        3,
        () => {
          this.#cancel();
        },
      ],
      [
        3,
        () => {
          this.#retry();
        },
      ],
      [
        2,
        () => {
          this.#pause();
        },
      ],
      [
        3,
        () => {
          this.#moveMain();
        },
      ],
      [
        2,
        () => {
          this.#changePolicy();
        },
      ],
      [
        2,
        () => {
          this.#machineTrouble();
        },
      ],
      [
        3,
        () => {
          this.#terminate();
        },
      ],
      [
        2,
        () => {
          this.#touchResult();
        },
      ],
    ];
    for (const [most, act] of some) {
      if (random.chance(0.5)) for (let count = random.int(1, most); count > 0; count -= 1) this.#at(at(), act);
    }
    for (let ms = random.int(0, MINUTE); ms < this.chaosMs; ms += random.int(1, 6) * MINUTE)
      this.#at(ms, () => {
        this.#lookAtRequests();
      });
  }

  /** From now on people answer everything, and nothing new happens. */
  quiet(): void {
    this.#isQuiet = true;
    for (const machine of this.world.machines) {
      machine.engineDown = false;
      machine.isCutOff = false;
      machine.full(false);
    }
    this.#goOn();
  }

  #goOn(): void {
    if (entryAt(this.world.tip(OPS).tree, 'PAUSE') !== null) this.world.commit(OPS, 'Go on', { PAUSE: null }, CAROL);
  }

  /** What a patient owner does: says yes or no to what is asked, and gives up what can never go on. */
  tend(): void {
    // Somebody may have said so on a clone, which came here only now.
    this.#goOn();
    this.#lookAtRequests();
    this.#command(CAROL, 'gives up what cannot go on', async (tools) => {
      for (const { path } of this.#files('waiting')) {
        const id = path.replace(/^waiting\/|\.yml$/g, '');
        const record = tools.formats.record(path, this.#bytes(path));
        if (!record.ok) continue;
        const { on, request = '', failure, orders } = record.value.waiting ?? {};
        // What its own orders come to decides.
        if (orders !== undefined) continue;
        if (on === 'order' || on === 'policy' || on === 'config') await cancelOrder(tools, id, 'it cannot go on');
        else if (failure?.class === 'outcome-unknown') await resolveRequest(tools, request, true);
      }
      return ok(null);
    });
  }

  drop(): void {
    const random = this.#random;
    const number = this.drops.length + 1;
    const goal = `Do number ${String(number)}`;
    const risk = random.chance(0.1) ? `risk: ${random.pick(['medium', 'high'])}\n` : '';
    const after = random.chance(0.15) && number > 1 ? `after: [w${String(random.int(1, number - 1))}]\n` : '';
    const priority = random.chance(0.2) ? `priority: ${random.pick(['interactive', 'background'])}\n` : '';
    const expires = random.chance(0.05)
      ? `expires: "${new Date(this.world.scheduler.nowMs + 10 * MINUTE).toISOString()}"\n`
      : '';
    const name = random.chance(0.1) ? 'same-name' : `w${String(number)}`;
    const path = `inbox/${name}.yml`;
    this.#put(
      path,
      goal,
      `goal: ${goal}\nformula: ${random.pick(this.#formulas)}\n${risk}${after}${priority}${expires}`,
    );
  }

  #put(path: string, goal: string, text: string): void {
    const random = this.#random;
    // Two files of one path, one committed and one not, are one file to the runner.
    const isTaken = this.world.machines.some(({ inbox }) => inbox.files.has(path));
    if (isTaken || entryAt(this.world.tip(OPS).tree, path) !== null) return;
    if (random.chance(0.25)) {
      this.drops.push({ path, goal });
      this.world.commit(OPS, `Order ${path}`, { [path]: text }, random.pick([CAROL, ...APPROVERS]));
      return;
    }
    const { inbox } = random.pick(this.world.machines);
    this.drops.push({ path, goal });
    inbox.drop(path, Buffer.from(text));
    this.world.scheduler.note(null, `a person drops ${path}: ${text.replaceAll('\n', '; ')}`);
  }

  /** The same work once more, under another name. */
  #dropAgain(): void {
    const before = this.drops.at(-1);
    if (before === undefined || before.goal === '') return;
    const path = before.path.replace('.yml', '-again.yml');
    this.#put(
      path,
      `${before.goal} again`,
      `goal: ${before.goal} again\nformula: ${this.#random.pick(this.#formulas)}\n`,
    );
  }

  #dropBad(): void {
    const path = `inbox/bad${String(this.drops.length)}.yml`;
    this.#put(path, '', this.#random.pick(['goal: [\n', 'gaol: x\n', '', 'goal: x\nformula: none-such\n']));
  }

  #cancel(): void {
    const id = this.#someOrder(['queue', 'active', 'waiting']);
    if (id !== null) this.#command(CAROL, `cancels ${id}`, (tools) => cancelOrder(tools, id, 'changed my mind'));
  }

  #retry(): void {
    const id = this.#someOrder(['failed', 'cancelled']);
    if (id !== null) this.#command(CAROL, `retries ${id}`, (tools) => retryOrder(tools, id));
  }

  #pause(): void {
    const isPaused = entryAt(this.world.tip(OPS).tree, 'PAUSE') !== null;
    if (this.#random.chance(0.5)) {
      const now = this.#random.chance(0.5);
      this.#command(CAROL, isPaused ? 'resumes' : 'pauses', (tools) =>
        isPaused ? resume(tools) : pause(tools, { reason: 'wait', now }),
      );
      return;
    }
    this.world.commit(OPS, isPaused ? 'Go on' : 'Stop', { PAUSE: isPaused ? null : '' }, CAROL);
  }

  /** SIGTERM to one of the ticks that run. */
  #terminate(): void {
    const stops = this.world.machines.flatMap((machine) => [...machine.stops]);
    if (stops.length === 0) return;
    this.world.scheduler.note(null, 'a tick is told to stop');
    this.world.scheduler.signal(this.#random.pick(stops));
  }

  /** Somebody commits on a branch that an order shipped to, or will. */
  #touchResult(): void {
    const id = this.#someOrder(['queue', 'active', 'waiting', 'done']);
    if (id === null || this.world.isShared) return;
    this.touched.add(id);
    const ref = `refs/heads/pushpals/${id}`;
    if (this.world.store.resolve(ref) === null) this.world.store.move(ref, null, this.world.tip(MAIN).id);
    this.world.commit(ref, 'By hand', { 'src/by-hand.txt': 'by hand\n' }, CAROL);
  }

  #moveMain(): void {
    this.#notes += 1;
    const path = this.#random.pick(['src/shared.txt', `src/other-${String(this.#notes)}.txt`]);
    this.world.commit(MAIN, 'A change', { [path]: `change ${String(this.#notes)}\n` }, CAROL);
  }

  #changePolicy(): void {
    this.#notes += 1;
    const note = `revision ${String(this.#notes)}`;
    this.world.commit(MAIN, 'Policy', { 'policy/policy.yml': policyFile(this.verify, this.#twoPeople, note) }, CAROL);
  }

  /** The engine dies, the disk fills, the clock jumps, the power goes: for a while. */
  #machineTrouble(): void {
    const random = this.#random;
    const machine = random.pick(this.world.machines);
    const what = random.pick(['engine', 'disk', 'clock', 'power', 'network', 'network'] as const);
    this.world.scheduler.note(null, `trouble on ${machine.name}: ${what}`);
    switch (what) {
      case 'engine':
        machine.engineDown = true;
        for (const job of [...machine.jobs]) job.stop('swept');
        this.#at(random.int(1, 20) * MINUTE, () => {
          machine.engineDown = false;
        });
        return;
      case 'disk':
        machine.full(true);
        this.#at(random.int(1, 20) * MINUTE, () => {
          machine.full(false);
        });
        return;
      case 'clock':
        machine.skewMs += random.int(-30, 30) * MINUTE;
        return;
      case 'network':
        machine.isCutOff = true;
        this.#at(random.int(1, 20) * MINUTE, () => {
          machine.isCutOff = false;
        });
        return;
      case 'power':
        this.world.reboot(machine);
        return;
    }
  }

  #lookAtRequests(): void {
    const random = this.#random;
    const who = this.#isQuiet ? random.pick(APPROVERS) : random.pick([...APPROVERS, MALLORY]);
    this.#command(who, 'looks at the requests', async (tools) => {
      const open = await openRequests(tools);
      if (!open.ok) return open;
      for (const request of open.value) await this.#answer(tools, who, request);
      return ok(null);
    });
  }

  async #answer(tools: Tools, who: Operator, request: VaultRequest): Promise<Result<unknown>> {
    const random = this.#random;
    const { id, kind, answers = [] } = request;
    const answer = kind === 'question' ? random.pick(answers) : kind === 'task' ? 'it is on' : undefined;
    if (!this.#isQuiet) {
      if (random.chance(0.3)) return ok(null);
      if (random.chance(0.1)) return rejectRequest(tools, id, 'no');
      if (random.chance(0.08)) this.#deleteBranch(id);
      if (random.chance(0.25)) this.#mergeByHand(who, id);
    }
    return approveRequest(tools, 'main', id, answer);
  }

  #deleteBranch(id: string): void {
    const ref = `refs/heads/vault/${id}`;
    const tip = this.world.store.resolve(ref);
    if (tip !== null) this.world.store.move(ref, tip, null);
  }

  /** `git merge --no-ff vault/<id>`, by somebody whose git signs; sometimes with a change of their own on top. */
  #mergeByHand({ key, ...who }: Operator, id: string): void {
    const { store, scheduler } = this.world;
    const [tip, branch] = [store.resolve(OPS), store.resolve(`refs/heads/vault/${id}`)];
    if (tip === null || branch === null) return;
    const proposed = entryAt(store.objects.get(branch).tree, `vault/approved/${id}.yml`);
    if (proposed === null || !('blob' in proposed)) return;
    if (entryAt(store.objects.get(tip).tree, `vault/pending/${id}.yml`) === null) return;
    const more = this.#random.chance(0.2) ? { 'notes.md': 'along with it\n' } : {};
    const text = Buffer.from(proposed.blob.bytes).toString('utf8');
    const files = { [`vault/pending/${id}.yml`]: null, [`vault/approved/${id}.yml`]: text, ...more };
    const signedBy = this.verify === 'signature' ? key : null;
    this.world.merge(OPS, branch, `Merge branch 'vault/${id}' into ops`, files, who, signedBy);
    scheduler.note(null, `${who.name} merges vault/${id} by hand`);
  }

  #someOrder(states: readonly string[]): string | null {
    const found = states
      .flatMap((state) => this.#files(state))
      .map(({ path }) => (path.split('/').at(-1) ?? '').replace('.yml', ''));
    return found.length === 0 ? null : this.#random.pick(found);
  }

  #files(folder: string): readonly { readonly path: string }[] {
    return filesBelow(entryAt(this.world.tip(OPS).tree, folder), folder);
  }

  #bytes(path: string): Uint8Array {
    const entry = entryAt(this.world.tip(OPS).tree, path);
    return entry !== null && 'blob' in entry ? entry.blob.bytes : new Uint8Array();
  }

  #command(who: Operator, name: string, command: (tools: Tools) => Promise<Result<unknown>>): void {
    const machine: SimulatedMachine = this.#random.pick(this.world.machines);
    this.world.startCommand(machine, who, name, command);
  }

  #at(ms: number, act: () => void): void {
    this.world.scheduler.after(null, ms, act);
  }
}
