// What the embedded table uses of dynalite, which brings no types.
declare module 'dynalite' {
  import type { Server } from 'node:http';
  export default function dynalite(options: { path?: string; createTableMs?: number }): Server;
}
