import { drawBillCase } from '/work/wt/oracle/test/support/worlds/bill-draws.ts';
import { differencesOf } from '/work/wt/oracle/test/support/oracles/bill/differences.ts';
import { smallestCase } from '/work/wt/oracle/test/support/oracles/bill/smallest-case.ts';
const [from, to, perKind='1', only='']= process.argv.slice(2);
const kind = (d:string)=>d.replaceAll(/[\d.:-]+/g,'#');
const kinds=new Map<string,number>(); let n=0,bad=0;
for (let seed=Number(from); seed<Number(to); seed++){
  const bill:any=drawBillCase(seed); if(process.env.NOSUB) delete bill.commitment; n++;
  const d=await differencesOf(bill); if(!d.length) continue; bad++;
  for (const k of new Set(d.map(kind))) {
    const c=(kinds.get(k)??0)+1; kinds.set(k,c);
    if (c<=Number(perKind) && k.includes(only)) {
      const s=await smallestCase(bill, async b=>(await differencesOf(b)).some(x=>kind(x)===k));
      console.log(`\n### ${seed} ${k}\n`+JSON.stringify(s,(k,v)=>typeof v==='number'&&v>1e11?new Date(v).toISOString():v).replaceAll('.000Z','Z').replaceAll('"','')+'\n   '+(await differencesOf(s)).join('\n   '));
    }
  }
}
console.log([...kinds].sort((a,b)=>b[1]-a[1]).map(([k,c])=>`${c} ${k}`).join('\n')); console.log(n,bad);
