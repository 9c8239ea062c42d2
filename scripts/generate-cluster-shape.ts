import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import ts from 'typescript';

/**
 * What the SDK knows of a managed cluster: names in their letter case, kinds of values, and the values of enums.
 * The border normalises and validates bodies by it, so that a check may read any property without a model of ours being extended first.
 */
export function generateClusterShape(): Map<string, string> {
  const declarations = join(dirname(require.resolve('@azure/arm-containerservice')), 'models/models.d.ts');
  const source = ts.createSourceFile(declarations, readFileSync(declarations, 'utf8'), ts.ScriptTarget.Latest);
  const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]));
  const enums = new Map(source.statements.filter(ts.isEnumDeclaration).map((node) => [node.name.text, node]));
  const unions = new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map((node) => [node.name.text, literalsOf(node.type)]),
  );
  const shape = {
    types: {} as Record<string, Record<string, readonly [name: string, kind: string]>>,
    enums: {} as Record<string, readonly string[]>,
  };

  function visit(name: string): void {
    if (name in shape.types) {
      return;
    }
    const members: Record<string, readonly [string, string]> = {};
    shape.types[name] = members;
    for (const member of membersOf(name)) {
      const property = member.name.getText(source);
      members[property.toLowerCase()] = [property, kindOf(member.type)];
    }
  }

  function membersOf(name: string): ts.PropertySignature[] {
    const node = interfaces.get(name);
    const parents =
      node?.heritageClauses?.flatMap(({ types }) => types.map((type) => type.expression.getText(source))) ?? [];
    return [...parents.flatMap(membersOf), ...(node?.members.filter(ts.isPropertySignature) ?? [])];
  }

  function kindOf(type: ts.TypeNode | undefined): string {
    if (type === undefined) {
      return 'any';
    }
    if (ts.isArrayTypeNode(type)) {
      return `array:${kindOf(type.elementType)}`;
    }
    if (ts.isTypeReferenceNode(type)) {
      return referenceKind(type);
    }
    const text = type.getText(source);
    return ['string', 'number', 'boolean'].includes(text) ? text : 'any';
  }

  function referenceKind(type: ts.TypeReferenceNode): string {
    const name = type.typeName.getText(source);
    const known = enums.get(`Known${name}`)?.members.map(({ initializer }) => (initializer as ts.StringLiteral).text);
    const values = known ?? unions.get(name) ?? [];
    if (name === 'Record') {
      return `map:${kindOf(type.typeArguments?.[1])}`;
    }
    if (name === 'Date') {
      return 'date';
    }
    if (name === 'Uint8Array') {
      return 'bytes';
    }
    if (values.length > 0) {
      shape.enums[name] = values;
      return `enum:${name}`;
    }
    if (!interfaces.has(name)) {
      return 'any';
    }
    visit(name);
    return `object:${name}`;
  }

  visit('ManagedCluster');
  return new Map([['shared/collect/cluster-shape.json', JSON.stringify(shape)]]);
}

/** The members of a union of string literals. */
function literalsOf(type: ts.TypeNode): string[] {
  const members = ts.isUnionTypeNode(type) ? type.types : [];
  return members.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
  );
}
