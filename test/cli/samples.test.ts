import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { emptyWorld } from '../../simulator';
import { openBench } from '../support/cli';
import type { FindingV1 } from './report-v1';

/** Recorded ARM bodies, beside the repository; they are not part of it. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'azure-samples', 'clusters');

/** Some outcomes turn with the years. */
const NOW = '2026-11-24T06:00:00Z';

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
  'secret-rotation': ['fail', 'nobody recorded the Key Vault add-on without rotation'],
  'egress-outbound-type': ['pass', 'nobody recorded a cluster whose egress is closed'],
  'feature-retirement': ['fail', 'nobody recorded a cluster with Open Service Mesh or the old CA trust flag'],
  'ingress-visible': ['fail', 'tells what there is'],
  'k8s-version-eol-soon': ['pass', 'every recorded version has left support'],
  'lts-consistency': ['fail', 'nobody recorded a cluster with long-term support'],
  'network-plugin-supported': ['fail', 'kubenet ends in 2028'],
  'network-policy-engine-retiring': ['fail', 'nobody recorded a cluster with Azure Network Policy Manager'],
  'node-pool-provisioning-state': ['fail', 'nobody recorded a node pool that failed'],
  'pool-version-skew': ['fail', 'nobody recorded a node pool of another version'],
  'power-state': ['fail', 'nobody recorded a cluster that was stopped'],
  'api-private-public-fqdn': ['pass', 'nobody recorded a private cluster without a public name'],
  'api-run-command-disabled': ['pass', 'nobody recorded a cluster without run command'],
  'encryption-at-host': ['pass', 'nobody recorded a pool whose hosts encrypt'],
  'entra-admin-groups': ['fail', 'nobody recorded Entra ID without a group and without Azure RBAC'],
  'etcd-kms': ['pass', 'nobody recorded a cluster with a key of Key Vault'],
  'http-application-routing-off': ['fail', 'nobody recorded the add-on switched on'],
  'pod-identity-legacy': ['fail', 'nobody recorded pod-managed identity'],
};

async function judge(): Promise<FindingV1[]> {
  const bench = await openBench(emptyWorld());
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  const input = files.map((file) => join(FOLDER, file));
  const { code, report, stderr } = await bench.scan(['--input', ...input], { AKS_DRIFT_NOW: NOW });
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

    expect(
      unknown.map(({ message }) => message).filter((text) => !/properties\.|nodeImageVersion|sku\.tier/.test(text)),
    ).toEqual([]);
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
