import { fail, nodePoolCheck, notApplicable, pass } from '../../model/check';
import { nodePoolCommand, replaceNodePool } from '../commands';
import { shown } from '../facts';
import { isWindows, withImage } from '../node-image';

const FLAGS = '--enable-vtpm --enable-secure-boot';

export const nodeTrustedLaunch = nodePoolCheck({
  id: 'node-trusted-launch',
  title: 'Nodes start by trusted launch: with a virtual TPM and secure boot',
  category: 'nodes',
  severity: 'low',
  checklistItem: 'S2',
  rationale:
    'Without secure boot a boot kit or a changed kernel starts before everything that could see it, and without a virtual TPM nothing can attest how a node was started.',
  remediation: replaceNodePool(FLAGS),
  references: ['https://learn.microsoft.com/azure/aks/use-trusted-launch'],

  evaluate({ pool }) {
    const { enableVtpm, enableSecureBoot } = pool.securityProfile ?? {};
    const observed = shown({ enableVTPM: enableVtpm, enableSecureBoot });
    if (isWindows(pool)) {
      return notApplicable('Windows nodes cannot do it.', { observed });
    }
    const off = [
      enableVtpm === true ? [] : ['the virtual TPM'],
      enableSecureBoot === true ? [] : ['secure boot'],
    ].flat();
    if (off.length === 0) {
      return pass('The virtual TPM and secure boot are on.', { observed });
    }
    return withImage(pool, ({ family }) => {
      if (!family.includes('gen2')) {
        return notApplicable('Machines of generation 1 cannot do it.', { observed });
      }
      if (family.includes('cvm')) {
        return notApplicable('Confidential machines start in a way of their own.', { observed });
      }
      // Only a pool that has the image for it (TL) can be changed.
      const remediation = family.includes('tl') ? nodePoolCommand('update', FLAGS) : this.remediation;
      return fail(`Off: ${off.join(' and ')}.`, { observed, remediation });
    });
  },
});
