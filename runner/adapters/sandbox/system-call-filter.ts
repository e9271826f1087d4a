/**
 * A filter of system calls for sandboxes whose tool has none of its own, as bytes for `bwrap --seccomp`: a classic BPF program over `struct seccomp_data`.
 * What it refuses is what Docker's and Flatpak's filters refuse: calls that a step has no use for, and that kernels had holes in. Everything else
 * goes through, so that a kernel's new calls do not break programs.
 */

/** A call's numbers on x86-64 and 64-bit ARM; 0 where there is none. From Linux' `asm/unistd_64.h` and `asm-generic/unistd.h`. */
const REFUSED: Readonly<Record<string, readonly [x64: number, arm64: number]>> = {
  acct: [163, 89],
  add_key: [248, 217],
  bpf: [321, 280],
  chroot: [161, 51],
  clock_adjtime: [305, 266],
  clock_settime: [227, 112],
  delete_module: [176, 106],
  fanotify_init: [300, 262],
  finit_module: [313, 273],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fsopen: [430, 430],
  fspick: [433, 433],
  get_mempolicy: [239, 236],
  init_module: [175, 105],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  io_uring_setup: [425, 425],
  ioperm: [173, 0],
  iopl: [172, 0],
  kcmp: [312, 272],
  kexec_file_load: [320, 294],
  kexec_load: [246, 104],
  keyctl: [250, 219],
  lookup_dcookie: [212, 18],
  mbind: [237, 235],
  migrate_pages: [256, 238],
  mount: [165, 40],
  mount_setattr: [442, 442],
  move_mount: [429, 429],
  move_pages: [279, 239],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  open_tree: [428, 428],
  perf_event_open: [298, 241],
  pidfd_getfd: [438, 438],
  pivot_root: [155, 41],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  reboot: [169, 142],
  request_key: [249, 218],
  set_mempolicy: [238, 237],
  setns: [308, 268],
  settimeofday: [164, 170],
  swapoff: [168, 225],
  swapon: [167, 224],
  syslog: [103, 116],
  umount2: [166, 39],
  unshare: [272, 97],
  userfaultfd: [323, 282],
  vhangup: [153, 58],
};

const ARCHITECTURES = {
  x64: { audit: 0xc000003e, at: 0, clone: 56, socket: 41, ioctl: 16 },
  arm64: { audit: 0xc00000b7, at: 1, clone: 220, socket: 198, ioctl: 29 },
} as const;
const CLONE3 = 435;
/** CLONE_NEW… of every namespace: a new one gives rights inside of it, and with them more of the kernel to attack. */
const NEW_NAMESPACES = 0x7e02_0000;
/** Sockets to the hypervisor are in no network namespace. */
const AF_VSOCK = 40;
/** Both put characters into a terminal's input. */
const [TIOCSTI, TIOCLINUX] = [0x5412, 0x541c];
/** Numbers from here on are of x86-64's 32-bit pointers, another way to every call. */
const X32 = 0x4000_0000;

const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97];
const ALLOW = 0x7fff_0000;
const refuse = (error: number): number => 0x0005_0000 | error;

/** Offsets into `struct seccomp_data`; of an argument the lower half. */
const [NUMBER, ARCHITECTURE, FIRST, SECOND] = [0, 4, 16, 24];

type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, value: number];

const load = (offset: number): Instruction => [0x20, 0, 0, offset];
const answer = (value: number): Instruction => [0x06, 0, 0, value];
const isEqual = (value: number, jumpTrue: number, jumpFalse: number): Instruction => [0x15, jumpTrue, jumpFalse, value];
const isAtLeast = (value: number, jumpTrue: number, jumpFalse: number): Instruction => [
  0x35,
  jumpTrue,
  jumpFalse,
  value,
];
const hasAny = (bits: number, jumpTrue: number, jumpFalse: number): Instruction => [0x45, jumpTrue, jumpFalse, bits];

/** Whether there is a filter for a processor, as Node names it. */
export const isFiltered = (architecture: string): architecture is keyof typeof ARCHITECTURES =>
  Object.hasOwn(ARCHITECTURES, architecture);

/** The program for a processor, in the byte order of both, which is little-endian. Programs for other processors, 32-bit ones too, find no system call. */
export function systemCallFilter(architecture: keyof typeof ARCHITECTURES): Uint8Array {
  const { audit, at, clone, socket, ioctl } = ARCHITECTURES[architecture];
  const refused = Object.values(REFUSED).flatMap((numbers) => (numbers[at] === 0 ? [] : [numbers[at]]));
  const program: readonly Instruction[] = [
    load(ARCHITECTURE),
    isEqual(audit, 1, 0),
    answer(refuse(ENOSYS)),
    load(NUMBER),
    ...(architecture === 'x64' ? [isAtLeast(X32, 0, 1), answer(refuse(ENOSYS))] : []),
    ...refused.flatMap((number) => [isEqual(number, 0, 1), answer(refuse(EPERM))]),
    // Its flags lie in memory, which no filter can read; who finds that there is no such call takes `clone`.
    ...[isEqual(CLONE3, 0, 1), answer(refuse(ENOSYS))],
    ...[isEqual(clone, 0, 4), load(FIRST), hasAny(NEW_NAMESPACES, 0, 1), answer(refuse(EPERM)), answer(ALLOW)],
    ...[isEqual(socket, 0, 4), load(FIRST), isEqual(AF_VSOCK, 0, 1), answer(refuse(EAFNOSUPPORT)), answer(ALLOW)],
    ...[isEqual(ioctl, 0, 5), load(SECOND), isEqual(TIOCSTI, 1, 0), isEqual(TIOCLINUX, 0, 1)],
    ...[answer(refuse(EPERM)), answer(ALLOW)],
    answer(ALLOW),
  ];
  const bytes = new DataView(new ArrayBuffer(program.length * 8));
  program.forEach(([code, jumpTrue, jumpFalse, value], index) => {
    bytes.setUint16(index * 8, code, true);
    bytes.setUint8(index * 8 + 2, jumpTrue);
    bytes.setUint8(index * 8 + 3, jumpFalse);
    bytes.setUint32(index * 8 + 4, value, true);
  });
  return new Uint8Array(bytes.buffer);
}
