// A way to a server that can be cut and mended, and that leads elsewhere when the server comes back on another port.
import { connect, createServer } from 'node:net';

export async function startForwarder(target) {
  let port = Number(new URL(target).port);
  let whole = true;
  const sockets = new Set();
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cut() {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend(other = undefined) {
      if (other) port = Number(new URL(other).port);
      whole = true;
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
