// Types of the part of dynalite that the embedded table uses; dynalite has none of its own.
declare module 'dynalite' {
  import type { Server } from 'node:http';
  export default function dynalite(options: { path?: string; createTableMs?: number }): Server;
}
