import { fail, nodePoolCheck, pass } from '../../model/check';
import { clusterCommand, nodePoolCommand } from '../commands';
import { stoppedVerdict } from '../facts';
import { controlPlaneVersion, poolVersion } from '../kubernetes-version';

export const poolVersionSkew = nodePoolCheck({
  id: 'pool-version-skew',
  title: 'Node pools run the minor version of the control plane',
  category: 'lifecycle',
  severity: 'medium',
  checklistItem: 'S10',
  rationale:
    'Nodes that stay behind keep the vulnerabilities of their old kubelet, and block the next upgrade of the control plane once they are too far behind. Kubernetes does not support nodes that are ahead at all.',
  remediation: nodePoolCommand('upgrade', '--kubernetes-version "<version of the control plane>"'),
  references: [
    'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
    'https://kubernetes.io/releases/version-skew-policy/',
  ],

  evaluate({ cluster, pool }) {
    const control = stoppedVerdict(cluster, pool) ?? controlPlaneVersion(cluster);
    if ('outcome' in control) {
      return control;
    }
    const nodes = poolVersion(pool);
    if ('outcome' in nodes) {
      return nodes;
    }
    const observed = { controlPlane: control.version, nodePool: nodes.version };
    const behind = control.order - nodes.order;
    if (behind === 0) {
      return pass(`The node pool runs ${nodes.version}, the control plane ${control.version}.`, { observed });
    }
    if (behind < 0) {
      const remediation = clusterCommand('upgrade', `--control-plane-only --kubernetes-version ${nodes.version}`);
      const message = `The node pool runs ${nodes.version}, ahead of the control plane, which runs ${control.version}.`;
      return fail(message, { observed, remediation });
    }
    const message = `The node pool runs ${nodes.version}, ${behind} minor version${behind === 1 ? '' : 's'} behind the control plane, which runs ${control.version}.`;
    const remediation = nodePoolCommand('upgrade', `--kubernetes-version ${control.version}`);
    return fail(message, { observed, remediation, severity: behind === 1 ? 'low' : 'medium' });
  },
});
