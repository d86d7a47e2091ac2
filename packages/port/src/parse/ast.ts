// The syntax tree as php-parser gives it: the parts of it that are read here.

export interface Position {
  line: number;
  column: number;
  offset: number;
}

export interface Location {
  start: Position;
  end: Position;
}

export interface Comment {
  kind: 'commentline' | 'commentblock';
  value: string;
  offset: number;
  loc?: Location;
}

interface Base<Kind extends string> {
  kind: Kind;
  loc: Location;
  leadingComments?: Comment[] | null;
  trailingComments?: Comment[] | null;
}

export type Name = Base<'name'> & { name: string; resolution: 'uqn' | 'qn' | 'fqn' | 'rn' };
export type Identifier = Base<'identifier'> & { name: string };
export type TypeReference = Base<'typereference'> & { name: string; raw: string };
export type SelfReference = Base<'selfreference'>;
export type StaticReference = Base<'staticreference'>;
export type ParentReference = Base<'parentreference'>;
export type UnionType = Base<'uniontype'> & { types: TypeNode[] };
export type IntersectionType = Base<'intersectiontype'> & { types: TypeNode[] };
export type TypeNode =
  | TypeReference
  | Name
  | Identifier
  | SelfReference
  | StaticReference
  | ParentReference
  | UnionType
  | IntersectionType;

export type StringNode = Base<'string'> & { value: string; raw: string; isDoubleQuote: boolean };
export type NowDoc = Base<'nowdoc'> & { value: string; raw: string; label: string };
export type NumberNode = Base<'number'> & { value: string | number; raw?: string };
export type BooleanNode = Base<'boolean'> & { value: boolean };
export type NullNode = Base<'nullkeyword'>;
export type Magic = Base<'magic'> & { value: string; raw: string };
export type EncapsedPart = Base<'encapsedpart'> & {
  expression: Expression;
  syntax: string | null;
  curly: boolean;
};
export type Encapsed = Base<'encapsed'> & {
  value: EncapsedPart[];
  type: 'string' | 'heredoc' | 'shell' | 'offset';
  raw: string;
  label?: string;
};
export type Variable = Base<'variable'> & { name: string | Expression; curly: boolean; byref?: boolean };
export type ArrayNode = Base<'array'> & { items: (Entry | Variadic | Expression)[]; shortForm: boolean };
export type Entry = Base<'entry'> & {
  key: Expression | null;
  value: Expression;
  byRef: boolean;
  unpack: boolean;
};
export type List = Base<'list'> & { items: (Entry | Noop | null)[]; shortForm: boolean };
export type Noop = Base<'noop'>;
export type Assign = Base<'assign'> & { left: Expression; right: Expression; operator: string };
export type AssignRef = Base<'assignref'> & { left: Expression; right: Expression; operator?: string };
export type Bin = Base<'bin'> & { type: string; left: Expression; right: Expression };
export type Unary = Base<'unary'> & { type: string; what: Expression };
export type Pre = Base<'pre'> & { type: '+' | '-'; what: Expression };
export type Post = Base<'post'> & { type: '+' | '-'; what: Expression };
export type Cast = Base<'cast'> & { type: string; raw: string; expr: Expression };
export type RetIf = Base<'retif'> & { test: Expression; trueExpr: Expression | null; falseExpr: Expression };
export type Silent = Base<'silent'> & { expr: Expression };
export type Isset = Base<'isset'> & { variables: Expression[] };
export type Empty = Base<'empty'> & { expression: Expression };
export type Exit = Base<'exit'> & { expression: Expression | null; useDie: boolean };
export type Print = Base<'print'> & { expression: Expression };
export type Eval = Base<'eval'> & { source: Expression };
export type Include = Base<'include'> & {
  target: Expression;
  once: boolean;
  require: boolean;
  /** The variables that the included file gets to see, when it is a function here. */
  variables?: Variable[];
};
export type Clone = Base<'clone'> & { what: Expression };
export type Argument = Expression | NamedArgument | Variadic | VariadicPlaceholder;
export type NamedArgument = Base<'namedargument'> & { name: string; value: Expression };
export type Variadic = Base<'variadic'> & { what: Expression };
export type VariadicPlaceholder = Base<'variadicplaceholder'>;
export type Call = Base<'call'> & { what: Expression | Name; arguments: Argument[] };
export type New = Base<'new'> & { what: ClassReference | Class | Expression; arguments: Argument[] };
export type ClassReference = Name | SelfReference | StaticReference | ParentReference;
export type PropertyLookup = Base<'propertylookup'> & { what: Expression; offset: Identifier | Expression };
export type NullSafePropertyLookup = Base<'nullsafepropertylookup'> & {
  what: Expression;
  offset: Identifier | Expression;
};
export type StaticLookup = Base<'staticlookup'> & {
  what: ClassReference | Expression;
  offset: Identifier | Expression;
};
export type OffsetLookup = Base<'offsetlookup'> & { what: Expression; offset: Expression | false | null };
export type ByRef = Base<'byref'> & { what: Expression };
export type Match = Base<'match'> & { cond: Expression; arms: MatchArm[] };
export type MatchArm = Base<'matcharm'> & { conds: Expression[] | null; body: Expression };
export type Yield = Base<'yield'> & { value: Expression | null; key: Expression | null };
export type YieldFrom = Base<'yieldfrom'> & { value: Expression };
export type ThrowNode = Base<'throw'> & { what: Expression };
export type Closure = Base<'closure'> & {
  arguments: Parameter[];
  uses: (Variable & { byref?: boolean })[];
  type: TypeNode | null;
  byref: boolean;
  nullable: boolean;
  body: Block;
  isStatic: boolean;
};
export type ArrowFunc = Base<'arrowfunc'> & {
  arguments: Parameter[];
  type: TypeNode | null;
  byref: boolean;
  nullable: boolean;
  body: Expression;
  isStatic: boolean;
};

export type Expression =
  | StringNode
  | NowDoc
  | NumberNode
  | BooleanNode
  | NullNode
  | Magic
  | Encapsed
  | Variable
  | ArrayNode
  | List
  | Assign
  | AssignRef
  | Bin
  | Unary
  | Pre
  | Post
  | Cast
  | RetIf
  | Silent
  | Isset
  | Empty
  | Exit
  | Print
  | Eval
  | Include
  | Clone
  | Call
  | New
  | Name
  | PropertyLookup
  | NullSafePropertyLookup
  | StaticLookup
  | OffsetLookup
  | ByRef
  | Match
  | Yield
  | YieldFrom
  | ThrowNode
  | Closure
  | ArrowFunc
  | Identifier
  | SelfReference
  | StaticReference
  | ParentReference;

export type Parameter = Base<'parameter'> & {
  name: Identifier;
  value: Expression | null;
  type: TypeNode | null;
  byref: boolean;
  variadic: boolean;
  readonly: boolean;
  nullable: boolean;
  /** 1 public, 2 protected, 4 private: a promoted property. */
  flags: number;
};
export type Block = Base<'block'> & { children: Statement[] };
export type Echo = Base<'echo'> & { expressions: Expression[]; shortForm: boolean };
export type ExpressionStatement = Base<'expressionstatement'> & { expression: Expression };
export type If = Base<'if'> & {
  test: Expression;
  body: Block;
  alternate: Block | If | null;
  shortForm: boolean;
};
export type For = Base<'for'> & {
  init: Expression[];
  test: Expression[];
  increment: Expression[];
  body: Block | null;
};
export type Foreach = Base<'foreach'> & {
  source: Expression;
  key: Expression | null;
  value: Expression;
  body: Block | null;
};
export type While = Base<'while'> & { test: Expression; body: Block | null };
export type Do = Base<'do'> & { test: Expression; body: Block | null };
export type Switch = Base<'switch'> & {
  test: Expression;
  body: Omit<Block, 'children'> & { children: Case[] };
};
export type Case = Base<'case'> & { test: Expression | null; body: Block | null };
export type Break = Base<'break'> & { level: NumberNode | number | null };
export type Continue = Base<'continue'> & { level: NumberNode | number | null };
export type Return = Base<'return'> & { expr: Expression | null };
export type Try = Base<'try'> & { body: Block; catches: Catch[]; always: Block | null };
export type Catch = Base<'catch'> & { what: Name[]; variable: Variable | null; body: Block };
export type Global = Base<'global'> & { items: Variable[] };
export type Static = Base<'static'> & { variables: StaticVariable[] };
export type StaticVariable = Base<'staticvariable'> & { variable: Variable; defaultValue: Expression | null };
export type Unset = Base<'unset'> & { variables: Expression[] };
export type Inline = Base<'inline'> & { value: string; raw: string };
export type ConstantStatement = Base<'constantstatement'> & { constants: Constant[] };
export type Constant = Base<'constant'> & { name: Identifier | string; value: Expression };
export type Declare = Base<'declare'> & { children: Statement[] };
export type Namespace = Base<'namespace'> & { name: string; children: Statement[]; withBrackets: boolean };
export type UseGroup = Base<'usegroup'> & {
  name: string | null;
  type: 'function' | 'const' | null;
  items: UseItem[];
};
export type UseItem = Base<'useitem'> & {
  name: string;
  alias: Identifier | null;
  type: 'function' | 'const' | null;
};
export type Goto = Base<'goto'> & { label: string };
export type Label = Base<'label'> & { name: string };
export type Halt = Base<'halt'> & { after: string };
export type FunctionNode = Base<'function'> & FunctionParts;
interface FunctionParts {
  name: Identifier | string;
  arguments: Parameter[];
  type: TypeNode | null;
  byref: boolean;
  nullable: boolean;
  body: Block | null;
}
export type Method = Base<'method'> &
  FunctionParts & {
    isAbstract: boolean;
    isFinal: boolean;
    isStatic: boolean;
    visibility: string;
  };
export type Class = Base<'class'> & {
  name: Identifier | string | null;
  extends: Name | null;
  implements: Name[] | null;
  body: Member[];
  isAnonymous: boolean;
  isAbstract: boolean;
  isFinal: boolean;
  isReadonly: boolean;
};
export type Interface = Base<'interface'> & {
  name: Identifier | string;
  extends: Name[] | null;
  body: Member[];
};
export type Trait = Base<'trait'> & { name: Identifier | string; body: Member[] };
export type Enum = Base<'enum'> & {
  name: Identifier | string;
  valueType: TypeNode | null;
  implements: Name[] | null;
  body: Member[];
};
export type PropertyStatement = Base<'propertystatement'> & {
  properties: Property[];
  visibility: string | null;
  isStatic: boolean;
};
export type Property = Base<'property'> & {
  name: Identifier | string;
  value: Expression | null;
  readonly: boolean;
  nullable: boolean;
  type: TypeNode | null;
};
export type ClassConstant = Base<'classconstant'> & { constants: Constant[]; visibility: string };
export type TraitUse = Base<'traituse'> & {
  traits: Name[];
  adaptations: (TraitAlias | TraitPrecedence)[] | null;
};
export type TraitAlias = Base<'traitalias'> & {
  trait: Name | null;
  method: Identifier;
  as: Identifier | null;
  visibility: string | null;
};
export type TraitPrecedence = Base<'traitprecedence'> & {
  trait: Name | null;
  method: Identifier;
  instead: Name[];
};
export type EnumCase = Base<'enumcase'> & { name: Identifier | string; value: Expression | null };
export type Member = PropertyStatement | ClassConstant | Method | TraitUse | EnumCase;
export type ClassLike = Class | Interface | Trait | Enum;
export type FunctionLike = FunctionNode | Method | Closure | ArrowFunc;

export type Statement =
  | Block
  | Echo
  | ExpressionStatement
  | If
  | For
  | Foreach
  | While
  | Do
  | Switch
  | Case
  | Break
  | Continue
  | Return
  | Try
  | Global
  | Static
  | Unset
  | Inline
  | ConstantStatement
  | Declare
  | Namespace
  | UseGroup
  | Goto
  | Label
  | Halt
  | Noop
  | FunctionNode
  | ClassLike
  | ThrowNode;

export type Program = Base<'program'> & { children: Statement[]; errors: ParseError[]; comments: Comment[] };
export type ParseError = Base<'error'> & { message: string; line: number; token?: string };
export type Node =
  | Program
  | Statement
  | Expression
  | Argument
  | Entry
  | Parameter
  | Member
  | Catch
  | MatchArm
  | EncapsedPart
  | StaticVariable
  | Property
  | Constant
  | UseItem
  | TraitAlias
  | TraitPrecedence
  | TypeNode;

/** The text of what php-parser gives as an identifier in some versions and as a string in others. */
export function identifier(name: Identifier | string | null): string {
  return name === null ? '' : typeof name === 'string' ? name : name.name;
}
