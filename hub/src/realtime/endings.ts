import { Socket as Connection } from "node:net";
import { performance } from "node:perf_hooks";
import type { DefaultEventsMap, Socket } from "socket.io";

/** Sockets that are being ended are in this room; nothing may be sent to it. */
export const endingRoom = "ending";

/** Ends sockets whose right is gone, many at once where one subject had many. */
export type Endings = {
  /**
   * From here on they are in `endingRoom`. The first are closed when this returns, the rest of many in slices soon
   * after, between which the hub does its other work. Whatever still waits to be sent to them is dropped.
   */
  end(sockets: Iterable<EndableSocket>): void;
};

type EndableSocket = Pick<Socket<DefaultEventsMap, DefaultEventsMap>, "conn" | "connected" | "disconnect" | "join" | "rooms">;
type WebSocketOfTransport = Record<"pause" | "terminate", () => unknown>;

/** How long other work waits for a slice. */
const sliceMs = 10;

/**
 * What a socket is told, in one write: Socket.IO's disconnect packet as a text frame ("41": Engine.IO's message, then
 * the packet of the main namespace), which clients report as "io server disconnect", and a close frame with 1008,
 * policy violation.
 */
const farewell = Buffer.from([0x81, 0x02, 0x34, 0x31, 0x88, 0x02, 0x03, 0xf0]);

/**
 * All are told first, for that is what they wait for; then their connections are cut. Nobody waits for the client's
 * part of the closing handshake: it would cost more than all the rest, and a timer each, and who has lost the right
 * would have a say in when the connection ends.
 */
export function createEndings(): Endings {
  const untold: EndableSocket[] = [];
  const told: { socket: EndableSocket; webSocket: WebSocketOfTransport }[] = [];
  let isWorking = false;

  function work(): void {
    const until = performance.now() + sliceMs;
    while (performance.now() < until) {
      if (!takeStep()) {
        isWorking = false;
        return;
      }
    }
    setImmediate(work);
  }

  /** False when nothing is left to do. */
  function takeStep(): boolean {
    const socket = untold.pop();
    if (socket !== undefined) {
      tell(socket);
      return true;
    }
    const next = told.pop();
    if (next === undefined) return false;
    cut(next.socket, next.webSocket);
    return true;
  }

  function tell(socket: EndableSocket): void {
    const { transport } = socket.conn;
    const webSocket = webSocketOf(transport);
    if (webSocket === null) return endPolling(socket);
    const connection: unknown = Reflect.get(webSocket, "_socket");
    // What is on its way there is not let out any more, and no frame can be put before it: the client learns by the cut.
    if (!transport.writable || !(connection instanceof Connection) || connection.writableLength > 0) return cut(socket, webSocket);
    connection.write(farewell);
    // The answer is not read: the connection is cut in a moment.
    webSocket.pause();
    told.push({ socket, webSocket });
  }

  return {
    end(sockets) {
      for (const socket of sockets) {
        if (!socket.connected || socket.rooms.has(endingRoom)) continue;
        void socket.join(endingRoom);
        untold.push(socket);
      }
      if (isWorking) return;
      isWorking = true;
      work();
    },
  };
}

/** With the connection gone, Engine.IO has nothing to wait for, and Socket.IO forgets the socket before this returns. */
function cut(socket: EndableSocket, webSocket: WebSocketOfTransport): void {
  webSocket.terminate();
  socket.conn.close(true);
}

/** A poll that waits is answered with the packet. Without one, what was kept for the next poll is dropped, and that poll is refused. */
function endPolling(socket: EndableSocket): void {
  socket.disconnect();
  socket.conn.close(true);
}

/** Engine.IO's transport keeps the WebSocket of `ws` to itself; null when it is polling. */
function webSocketOf(transport: object): WebSocketOfTransport | null {
  const webSocket = "socket" in transport ? transport.socket : null;
  return isWebSocket(webSocket) ? webSocket : null;
}

function isWebSocket(value: unknown): value is WebSocketOfTransport {
  return (
    typeof value === "object" &&
    value !== null &&
    "pause" in value &&
    typeof value.pause === "function" &&
    "terminate" in value &&
    typeof value.terminate === "function"
  );
}
