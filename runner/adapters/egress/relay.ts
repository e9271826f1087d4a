import type { Socket } from 'node:net';

/** Where clients in the sandbox find the way out. */
export const RELAY_PORT = 3128;
const MOST_CONNECTIONS = 128;

/** What a relay prints once the step may begin. */
export const READY = 'ready';

/**
 * Listens on the loopback of a sandbox that has no other network, and hands each connection on to the runner's proxy, byte for byte. It decides nothing:
 * the socket behind it is all that a sandbox could get hold of by it. It says that it is there by a connection of its own to `alive`, and ends
 * with that: when the runner is gone.
 *
 * It runs in a process of its own, as text: nothing that it does not bring itself is there.
 */
function relay(port: number, most: number, ready: string): void {
  const net = process.getBuiltinModule('node:net');
  const fs = process.getBuiltinModule('node:fs');
  const [folder = ''] = process.argv.slice(-1);
  const open = new Set<Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const proxy = net.connect({ path: `${folder}/proxy`, allowHalfOpen: true });
    client.on('error', () => proxy.destroy());
    client.on('close', () => proxy.destroy());
    proxy.on('error', () => client.destroy());
    proxy.on('close', () => {
      client.destroySoon();
    });
    open.add(client);
    client.on('close', () => open.delete(client));
    client.pipe(proxy).pipe(client);
  });
  server.maxConnections = most;
  server.listen(port, '127.0.0.1', () => {
    const alive = net.connect({ path: `${folder}/alive` }, () => {
      fs.writeSync(1, ready);
      // Whoever started it waits for the end of what it prints.
      for (const fd of [1, 2]) {
        fs.closeSync(fd);
        fs.openSync('/dev/null', 'w');
      }
    });
    alive.on('close', () => {
      server.close();
      for (const client of open) client.destroy();
    });
    alive.resume();
  });
}

export const RELAY_SOURCE = `(${relay.toString()})(${[RELAY_PORT, MOST_CONNECTIONS].map(String).join(', ')}, ${JSON.stringify(READY)})`;
