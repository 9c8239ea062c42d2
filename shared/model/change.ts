/** Who changed a resource, when and how, as Azure tells it; null where it does not. */
export interface Attribution {
  /** A user's name, the id of an application, or the platform in words of Azure's own. */
  readonly changedBy: string | null;
  readonly changedByType: string | null;
  /** ISO 8601, UTC. */
  readonly changedAt: string;
  readonly operation: string | null;
  readonly client: string | null;
  readonly correlationId: string | null;
}

/** One change of a cluster or of a node pool. */
export interface ResourceChange extends Attribution {
  /** ARM id of the cluster or of the agent pool, in lower case. */
  readonly targetId: string;
  /** `Create`, `Update` or `Delete`. */
  readonly changeType: string;
  /** Properties that changed, as Azure writes them: `properties.agentPoolProfiles[0].count`. */
  readonly paths: readonly string[];
}
