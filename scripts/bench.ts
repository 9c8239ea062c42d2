import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readSettings } from '../shared/config/settings';
import { scanLocally } from '../shared/run/local';
import { generatedFleet, startSimulator } from '../simulator';

/** Clusters in one subscription. */
const SIZES = [10, 100, 1000];

interface Measured {
  readonly clusters: number;
  readonly rows: number;
  readonly firstSeconds: number;
  readonly secondSeconds: number;
  readonly peakMegabytes: number;
}

/**
 * Time and memory of the product for fleets of several sizes, against the simulator in a process of its own.
 * The first run judges everything and sends every row; the second finds nothing new.
 */
async function main(): Promise<void> {
  console.log('clusters     rows   first run  second run  peak memory of the scanner');
  for (const clusters of SIZES) {
    const { rows, firstSeconds, secondSeconds, peakMegabytes } = await measure(clusters);
    const cells = [
      String(clusters).padStart(8),
      String(rows).padStart(8),
      `${firstSeconds.toFixed(2)} s`.padStart(11),
      `${secondSeconds.toFixed(2)} s`.padStart(11),
      `${peakMegabytes.toFixed(0)} MB`.padStart(12),
    ];
    console.log(cells.join(' '));
  }
}

async function measure(clusters: number): Promise<Measured> {
  const azure = await startSimulator({
    world: generatedFleet({ subscriptions: 1, clustersPerSubscription: clusters, poolsPerCluster: 4, now: new Date() }),
  });
  try {
    const scanner = fork(__filename, ['scanner'], {
      env: { ...process.env, ...azure.environment },
      execArgv: process.execArgv,
    });
    const [measured] = (await once(scanner, 'message')) as [Omit<Measured, 'clusters' | 'rows'>];
    return { ...measured, clusters, rows: azure.rows('AksCompliance_CL').length };
  } finally {
    await azure.stop();
  }
}

async function scanner(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aks-drift-bench-'));
  const firstSeconds = await seconds(() => run(folder));
  const secondSeconds = await seconds(() => run(folder));
  await rm(folder, { recursive: true });
  // The system's own figure (kB), which no sampling can miss.
  process.send?.({ firstSeconds, secondSeconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
}

async function run(stateFolder: string): Promise<void> {
  await scanLocally({
    settings: readSettings({ ...process.env, AKS_DRIFT_SCANS: 'configuration,node-images,policy,defender' }, 'cli'),
    ...{ stateFolder, keepsState: true, publish: true, asOf: null, clusterNames: null, inputs: null },
    // As in the functions: a report would hold every finding.
    observer: null,
    progress: () => undefined,
  });
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

void (process.argv[2] === 'scanner' ? scanner() : main());
