const { openSystem } = await import('/tmp/w/startpages/test/browser/support/open-system.ts');
const { writeFileSync } = await import('node:fs');
const s = await openSystem();
writeFileSync('/tmp/w/sp.json', JSON.stringify({ url: s.url, keys: s.keys, world: s.world, pid: process.pid }));
console.log(s.url);
process.on('SIGTERM', async () => { await s.stop(); process.exit(0); });
setInterval(() => {}, 1e6);
