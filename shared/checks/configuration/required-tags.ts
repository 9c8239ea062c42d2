import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { shellWord } from '../../model/shell';
import { list } from '../../model/params';

export const requiredTags = clusterCheck({
  id: 'required-tags',
  title: 'The cluster carries the tags that are required',
  category: 'governance',
  severity: 'low',
  checklistItem: null,
  rationale:
    'Tags say whose a cluster is, what it is for and who pays. Without them nobody knows whom to ask when a finding must be put right, and nobody dares to delete a cluster that is not used.',
  remediation: addTags(['<name>']),
  references: ['https://learn.microsoft.com/azure/aks/use-tags'],
  onByDefault: false,
  params: {
    tags: list([], 'Names of the tags that every cluster must carry', { items: 'text', stricter: 'longer' }),
  },

  evaluate({ cluster: { tags = {} } }, { params }) {
    // Azure compares the names of tags without letter case.
    const present = new Set(Object.keys(tags).map((name) => name.toLowerCase()));
    const missing = params.tags.filter((name) => !present.has(name.toLowerCase()));
    const said = { observed: { tags: Object.keys(tags).toSorted(), missing } };
    if (params.tags.length === 0) {
      return notApplicable('No tag is required: the parameter "tags" is empty.', said);
    }
    if (missing.length === 0) {
      return pass(`The required tags are there: ${params.tags.join(', ')}.`, said);
    }
    return fail(`Required tags are missing: ${missing.join(', ')}.`, { ...said, remediation: addTags(missing) });
  },
});

/** Merges into the tags that are there, so that none of their values has to be told. https://learn.microsoft.com/cli/azure/tag */
function addTags(names: readonly string[]): string {
  const id =
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/Microsoft.ContainerService/managedClusters/{cluster}';
  return `az tag update --resource-id ${id} --operation Merge --tags ${names.map((name) => shellWord(`${name}=<value>`)).join(' ')}`;
}
