import { fail, nodePoolCheck, notApplicable, pass } from '../../model/check';
import { shellWord } from '../../model/shell';
import type { NodePool } from '../../model/cluster';
import { nodePoolCommand } from '../commands';
import { shown } from '../facts';
import { poolVersion } from '../kubernetes-version';
import { withImage } from '../node-image';

/** Switches the rotation off, until AKS looks at it no more. https://learn.microsoft.com/azure/aks/certificate-rotation */
const OPT_OUT = 'aks-disable-kubelet-serving-certificate-rotation';
const OPT_OUT_ENDS = '2027-04-01T00:00:00.000Z';
/** 1.27, as versions are ordered. */
const FIRST_VERSION = 1027;
/** 202501.12.0, for pools made from a snapshot. */
const FIRST_IMAGE = new Date('2025-01-12T00:00:00.000Z');

export const kubeletServingCertRotation = nodePoolCheck({
  id: 'kubelet-serving-cert-rotation',
  title: 'Kubelets rotate their serving certificates',
  category: 'certificates',
  severity: 'low',
  checklistItem: 'S13',
  rationale:
    'Without rotation a kubelet shows a certificate that it signed itself, so that nothing tells the API server that it speaks with the node and not with somebody in between.',
  remediation: nodePoolCommand('upgrade', '--node-image-only'),
  references: ['https://learn.microsoft.com/azure/aks/certificate-rotation'],

  evaluate({ cluster, pool }, { now }) {
    const { currentOrchestratorVersion, orchestratorVersion, tags, creationData } = pool;
    const optOut = tags?.[OPT_OUT];
    const observed = shown({
      version: currentOrchestratorVersion ?? orchestratorVersion,
      optOut,
      snapshot: creationData?.sourceResourceId,
    });
    if (cluster.enableRbac !== true) {
      return notApplicable('Kubernetes RBAC is off, and the rotation needs it.', { observed });
    }
    // Tags hold what a user wrote, which is not always a string.
    if (String(optOut).toLowerCase() === 'true' && now.toISOString() < OPT_OUT_ENDS) {
      const said = { observed, dueOn: OPT_OUT_ENDS, remediation: withoutOptOut(pool) };
      return fail(`The tag ${OPT_OUT} switches the rotation off.`, said);
    }
    const nodes = poolVersion(pool);
    if ('outcome' in nodes) {
      return nodes;
    }
    if (nodes.order < FIRST_VERSION) {
      const remediation = nodePoolCommand('upgrade', '--kubernetes-version "<1.27 or newer>"');
      return fail(`The pool runs Kubernetes ${nodes.version}; the rotation came with 1.27.`, { observed, remediation });
    }
    const rotates = pass(`The kubelets of the pool rotate their serving certificates (Kubernetes ${nodes.version}).`, {
      observed,
    });
    return creationData?.sourceResourceId === undefined
      ? rotates
      : withImage(pool, ({ date }, name) =>
          date < FIRST_IMAGE
            ? fail(`The pool is pinned to the image ${name}; in snapshots the rotation came with 202501.12.0.`, {
                observed,
              })
            : rotates,
        );
  },
});

/** The command replaces all tags; those of AKS are not a user's to send. */
function withoutOptOut({ tags = {} }: NodePool): string {
  const kept = Object.entries(tags).filter(([name]) => name !== OPT_OUT && !/^aks-managed-/i.test(name));
  const words = kept.map(([name, value]) => shellWord(`${name}=${value}`));
  const set = nodePoolCommand('update', `--tags ${words.length === 0 ? '""' : words.join(' ')}`);
  return `${set} && ${nodePoolCommand('upgrade', '--node-image-only')}`;
}
