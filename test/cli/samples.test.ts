import { emptyWorld, type ArmBody } from '../../simulator';
import { azShape } from '../support/az-shape';
import { openBench } from '../support/cli';
import { hasSamples, resourcesIn, sampleFiles } from '../support/samples';
import type { FindingV1 } from './report-v1';

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
  'maintenance-window': ['both', NOT_IN_FILES],
  'auto-upgrade-effective': ['pass', 'every recorded image is older than a channel explains'],
  'node-image-skew': ['fail', 'nobody recorded a cluster with two pools of one image family'],
  'node-image-pinned': ['fail', 'nobody recorded a pool that was made from a snapshot'],
  'node-reboot-strategy': ['fail', 'nobody recorded the channel Unmanaged'],
  'node-trusted-launch': ['pass', 'nobody recorded a pool with trusted launch'],
  'node-unsafe-sysctls': ['fail', 'nobody recorded a pool that allows unsafe sysctls'],
  'custom-ca-expiry': ['both', 'nobody recorded a cluster with certificates of its own'],
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
  const { code, report, stderr } = await bench.scan(['--input', ...sampleFiles('clusters')], { AKS_DRIFT_NOW: NOW });
  if (code !== 0) {
    throw new Error(`Exit ${code}: ${stderr}`);
  }
  return report.findings;
}

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

it('excuses only checks that exist', async () => {
  const bench = await openBench(emptyWorld());
  const { stdout } = await bench.run(['checks', '--json']);
  const known = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);

  expect(Object.keys(ONE_SIDED).filter((id) => !known.includes(id))).toEqual([]);
});

/** Every recorded cluster, of whatever api-version and from a list or by itself; and every recorded pool in a cluster of its own. */
function everyCluster(): ArmBody[] {
  const clusters = sampleFiles('clusters').flatMap(resourcesIn);
  const pools = sampleFiles('agentpools')
    .flatMap(resourcesIn)
    .filter(({ type }) => /\/agentPools$/i.test(type ?? ''));
  const around = pools.map(({ id, name, properties }) => ({
    ...{ id: id.replace(/\/agentPools\/.*/i, ''), name: '', location: 'westeurope' },
    properties: { provisioningState: 'Succeeded', agentPoolProfiles: [{ name, ...properties }] },
  }));
  return [...clusters, ...around];
}

/** How they may lie in files, which a person hands over. */
const FORMS: readonly (readonly [form: string, filesOf: (bodies: ArmBody[]) => unknown[]])[] = [
  ['a file for each', (bodies) => bodies],
  ['an array', (bodies) => [bodies]],
  ['a list as ARM answers it', (bodies) => [{ value: bodies, nextLink: null }]],
  ['what `az aks list` prints', (bodies) => [bodies.map(azShape)]],
  ['what `az aks show` prints', (bodies) => bodies.map(azShape)],
];

(hasSamples ? describe : describe.skip)('every recorded cluster and node pool', () => {
  /** What is said of all of them in one form, in no order. */
  async function judgeAs(filesOf: (bodies: ArmBody[]) => unknown[]): Promise<FindingV1[]> {
    const bench = await openBench(emptyWorld());
    const files = filesOf(everyCluster()).map((content, index) => bench.file(`${index}.json`, content));
    const { code, report, stderr } = await bench.scan(['--input', ...(await Promise.all(files))]);
    // 3: a pool was recorded in an api-version in which one of its properties was of another kind.
    if (code !== 0 && code !== 3) {
      throw new Error(`Exit ${code}: ${stderr}`);
    }
    return report.findings;
  }

  function linesOf(findings: readonly FindingV1[]): string[] {
    return findings
      .map(({ checkId, clusterId, nodePool, outcome, message }) =>
        [checkId, clusterId, nodePool, outcome, message].join(' '),
      )
      .sort();
  }

  let first: Promise<FindingV1[]> | undefined;

  it.each(FORMS)('is judged without an error, and the same as in any other form: %s', async (_, filesOf) => {
    first ??= judgeAs((bodies) => bodies);
    const findings = await judgeAs(filesOf);

    expect(findings.filter(({ outcome }) => outcome === 'error')).toEqual([]);
    expect(linesOf(findings)).toEqual(linesOf(await first));
    expect(findings.length).toBeGreaterThan(500);
  });
});
