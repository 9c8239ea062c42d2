import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { emptyWorld } from '../../simulator';
import { openBench } from '../support/cli';
import type { FindingV1 } from './report-v1';

/** Recorded ARM bodies, beside the repository; they are not part of it. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'azure-samples', 'clusters');

const NOT_IN_FILES = 'judges what no file of clusters holds';
const ONE_SIDED: Readonly<Record<string, readonly [missing: 'pass' | 'fail' | 'both', why: string]>> = {
  'k8s-version-supported': ['both', NOT_IN_FILES],
  'node-image-current': ['both', NOT_IN_FILES],
  'apiserver-cert-expiry': ['both', NOT_IN_FILES],
  'cert-rotation-age': ['both', NOT_IN_FILES],
  'cluster-ca-expiry': ['both', NOT_IN_FILES],
  'policy-compliance': ['both', NOT_IN_FILES],
  'policy-state-fresh': ['both', NOT_IN_FILES],
  'defender-plan': ['both', NOT_IN_FILES],
  'defender-assessments': ['both', NOT_IN_FILES],
  'node-image-age': ['pass', 'every recorded image is older than its limit'],
  'api-authorized-ip-breadth': ['fail', 'nobody recorded a cluster with a range that is too broad'],
  'provisioning-state': ['fail', 'nobody recorded a cluster that failed'],
  'maintenance-window': ['both', NOT_IN_FILES],
  'auto-upgrade-effective': ['pass', 'every recorded image is older than a channel explains'],
  'node-image-skew': ['fail', 'nobody recorded a cluster with two pools of one image family'],
  'node-image-pinned': ['fail', 'nobody recorded a pool that was made from a snapshot'],
  'node-reboot-strategy': ['fail', 'nobody recorded the channel Unmanaged'],
  'node-trusted-launch': ['pass', 'nobody recorded a pool with trusted launch'],
  'node-unsafe-sysctls': ['fail', 'nobody recorded a pool that allows unsafe sysctls'],
  'custom-ca-expiry': ['both', 'nobody recorded a cluster with certificates of its own'],
  'secret-rotation': ['fail', 'nobody recorded the Key Vault add-on without rotation'],
};

async function judge(): Promise<FindingV1[]> {
  const bench = await openBench(emptyWorld());
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  const { code, report, stderr } = await bench.scan(['--input', ...files.map((file) => join(FOLDER, file))]);
  if (code !== 0) {
    throw new Error(`Exit ${code}: ${stderr}`);
  }
  return report.findings;
}

const hasSamples = existsSync(FOLDER);

(hasSamples ? describe : describe.skip)('every recorded body of a cluster', () => {
  it('is judged without an error', async () => {
    const findings = await judge();

    expect(findings.filter(({ outcome }) => outcome === 'error')).toEqual([]);
    expect(findings.length).toBeGreaterThan(500);
  });

  it('tells the outcomes of every check apart, but for what is listed with its reason', async () => {
    const findings = await judge();
    const has = (checkId: string, outcome: string): boolean =>
      findings.some((finding) => finding.checkId === checkId && finding.outcome === outcome);
    const oneSided = [...new Set(findings.map(({ checkId }) => checkId))].flatMap((id) => {
      const missing = (['pass', 'fail'] as const).filter((outcome) => !has(id, outcome));
      return missing.length === 0 ? [] : [[id, missing.length === 2 ? 'both' : missing[0]]];
    });

    expect(Object.fromEntries(oneSided)).toEqual(
      Object.fromEntries(Object.entries(ONE_SIDED).map(([id, [missing]]) => [id, missing])),
    );
  });

  it('names the property that it lacks wherever a check cannot know', async () => {
    const unknown = (await judge()).filter(({ outcome, reason }) => outcome === 'unknown' && reason !== 'disabled');

    expect(unknown.map(({ message }) => message).filter((text) => !/properties\.|nodeImageVersion/.test(text))).toEqual(
      [],
    );
    expect(unknown.length).toBeGreaterThan(0);
  });
});

it('excuses only checks that exist, and says when the recorded bodies are not there', async () => {
  if (!hasSamples) {
    process.stderr.write('../shared/azure-samples is not there: the recorded bodies are not judged.\n');
  }
  const bench = await openBench(emptyWorld());
  const { stdout } = await bench.run(['checks', '--json']);
  const known = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);

  expect(Object.keys(ONE_SIDED).filter((id) => !known.includes(id))).toEqual([]);
});
