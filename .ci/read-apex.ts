import {
  ApexErrorListener,
  type ApexErrorNode,
  ApexParserBaseListener,
  ApexParserFactory,
  type ApexParserRuleContext,
  type ApexParseTree,
  ApexParseTreeWalker,
  type ApexTerminalNode,
} from '@apexdevtools/apex-parser';

/** One look at the database, or one change of it. */
interface Work {
  line: number;
  /** `soql`, `insert`, … */
  what: string;
  isInLoop: boolean;
  /** Whether it says itself under whose rights it runs. */
  isUserMode: boolean;
  /** The object a query begins with. */
  from: string;
}

/** What a class or a trigger says of itself. Names are as written; Apex does not tell upper and lower case apart. */
export interface Apex {
  /** `3:12 missing ';'`; the rest means nothing when there are any. */
  errors: string[];
  kind: 'class' | 'trigger' | 'other';
  name: string;
  /** `public`, `with sharing`, `@istest` … of the type itself, in lower case and without spaces. */
  modifiers: string[];
  /** What others may name after its name and a dot. */
  members: Set<string>;
  work: Work[];
  /** The statements of a trigger. */
  statements: string[];
  tokens: { text: string; line: number }[];
}

const loops = new Set(['forStatement', 'whileStatement', 'doWhileStatement']);
const bodies = new Set(['statement', 'block', 'parExpression']);
const writes = /^(insert|update|upsert|delete|undelete|merge)Statement$/;
const types = new Set(['classDeclaration', 'interfaceDeclaration', 'enumDeclaration', 'triggerUnit']);
const named = new Set(['methodDeclaration', 'propertyDeclaration', 'variableDeclarator', 'enumConstants', ...types]);

/** Reads one `.cls` or `.trigger`, by the grammar that Salesforce's own language tools are made from. */
export function readApex(path: string, text: string): Apex {
  const said: Apex = { errors: [], kind: 'other', name: '', modifiers: [], members: new Set(), work: [], statements: [], tokens: [] };
  const { parser } = ApexParserFactory.createLexerAndParser(text, new Errors(said.errors));
  const tree = path.endsWith('.trigger') ? parser.triggerUnit() : parser.compilationUnit();
  ApexParseTreeWalker.DEFAULT.walk(new Reader(said, parser.ruleNames), tree);
  return said;
}

class Errors extends ApexErrorListener {
  readonly #errors: string[];
  constructor(errors: string[]) {
    super();
    this.#errors = errors;
  }
  override apexSyntaxError(line: number, column: number, message: string): void {
    // What else could have stood there is the whole language.
    this.#errors.push(`${line}:${column + 1} ${message.replace(/ expecting \{.*$/s, '')}`);
  }
}

class Reader extends ApexParserBaseListener {
  readonly #said: Apex;
  readonly #names: readonly string[];
  #types = 0;
  #loops = 0;
  #blocks = 0;

  constructor(said: Apex, names: readonly string[]) {
    super();
    this.#said = said;
    this.#names = names;
  }

  override enterEveryRule(ctx: ApexParserRuleContext): void {
    const rule = this.#rule(ctx);
    if (this.#isLoopBody(ctx, rule)) this.#loops++;
    if (types.has(rule)) this.#types++;
    if (named.has(rule)) this.#name(ctx, rule);
    if (rule === 'block') this.#blocks++;
    if (rule === 'modifier' && this.#types === 0) this.#said.modifiers.push(ctx.getText().toLowerCase());
    if (rule === 'statement' && this.#rule(ctx.parentCtx) === 'triggerBlockMember') this.#said.statements.push(ctx.getText());
    if (rule === 'soqlLiteral' || rule === 'soslLiteral') this.#work(ctx, rule.slice(0, 4), /withuser_mode/i);
    if (writes.test(rule)) this.#work(ctx, rule.replace('Statement', ''), /^\w+?as(user|system)/i);
  }

  override exitEveryRule(ctx: ApexParserRuleContext): void {
    const rule = this.#rule(ctx);
    if (this.#isLoopBody(ctx, rule)) this.#loops--;
    if (types.has(rule)) this.#types--;
    if (rule === 'block') this.#blocks--;
  }

  override visitTerminal(node: ApexTerminalNode): void {
    this.#said.tokens.push({ text: node.getText(), line: node.symbol.line });
  }

  override visitErrorNode(_: ApexErrorNode): void {}

  #name(ctx: ApexParserRuleContext, rule: string): void {
    const name = this.#child(ctx, 'id')?.getText() ?? '';
    if (this.#types === 1 && types.has(rule)) {
      this.#said.name = name;
      this.#said.kind = rule === 'classDeclaration' ? 'class' : rule === 'triggerUnit' ? 'trigger' : 'other';
    } else if (this.#blocks === 0 && this.#types === (types.has(rule) ? 2 : 1)) this.#said.members.add(name.toLowerCase());
  }

  #work(ctx: ApexParserRuleContext, what: string, userMode: RegExp): void {
    const from = this.#child(this.#child(ctx, 'query'), 'fromNameList')?.getText() ?? '';
    this.#said.work.push({ line: ctx.start.line, what, isInLoop: this.#loops > 0, isUserMode: userMode.test(ctx.getText()), from });
  }

  /** What a loop is made of runs each time; the query that it goes through runs once. */
  #isLoopBody(ctx: ApexParserRuleContext, rule: string): boolean {
    return bodies.has(rule) && loops.has(this.#rule(ctx.parentCtx));
  }

  #child(of: ApexParseTree | undefined, rule: string): ApexParseTree | undefined {
    const children = of && 'children' in of && Array.isArray(of.children) ? (of.children as ApexParseTree[]) : [];
    return children.find((one) => this.#rule(one) === rule);
  }

  #rule(of: ApexParseTree | undefined): string {
    return of && 'ruleIndex' in of && typeof of.ruleIndex === 'number' ? (this.#names[of.ruleIndex] ?? '') : '';
  }
}
