package lang

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/google/go-cmp/cmp"

	"cnnl/internal/golden"
)

// Every type with a Parse method, without the method: participle reads these
// by their tags. A method must read what its tags say.
type (
	layerTags   Layer
	wordTags    Word
	partTags    Part
	exprTags    Expr
	opTermTags  OpTerm
	operandTags Operand
	refTags     Ref
	stepTags    Step
	itemTags    Item
	bodyTags    Body
	letTags     Let
	expectTags  ExpectStmt
)

var twins = map[string]func(t *testing.T, s stream, tokens []lexer.Token){
	"Layer":      twin[Layer, layerTags],
	"Word":       twin[Word, wordTags],
	"Part":       twin[Part, partTags],
	"Expr":       twin[Expr, exprTags],
	"OpTerm":     twin[OpTerm, opTermTags],
	"Operand":    twin[Operand, operandTags],
	"Ref":        twin[Ref, refTags],
	"Step":       twin[Step, stepTags],
	"Item":       twin[Item, itemTags],
	"Body":       twin[Body, bodyTags],
	"Let":        twin[Let, letTags],
	"ExpectStmt": twin[ExpectStmt, expectTags],
}

// twin reads a stream of the tokens by a method and by its tags, and compares
// what was read and where reading stopped.
func twin[T, Tags any, P interface {
	*T
	Parse(*stream) error
}](t *testing.T, s stream, tokens []lexer.Token) {
	t.Helper()
	var byHand T
	hand, tagged := s, s
	handErr := P(&byHand).Parse(&hand)

	byTags, tagErr := tagParser[Tags]().ParseFromLexer(&tagged, participle.AllowTrailing(true))

	if (handErr == nil) != (tagErr == nil) {
		t.Fatalf("%s: by hand %v, by tags %v", show(tokens), handErr, tagErr)
	}
	if handErr != nil {
		if got, want := blamed(&hand, handErr), blamed(&tagged, tagErr); got != want {
			t.Errorf("%s: by hand it stops at %d, by tags at %d", show(tokens), got, want)
		}
		return
	}
	if got, want := hand.RawCursor(), tagged.RawCursor(); got != want {
		t.Errorf("%s: by hand it reads %d tokens, by tags %d", show(tokens), got, want)
	}
	if diff := cmp.Diff(T(reflect.ValueOf(*byTags).Convert(reflect.TypeFor[T]()).Interface().(T)), byHand, ignorePlaces); diff != "" {
		t.Errorf("%s: -by tags +by hand\n%s", show(tokens), diff)
	}
}

// ignorePlaces leaves out what tags cannot capture: offsets and spans.
var ignorePlaces = cmp.FilterPath(func(p cmp.Path) bool {
	last := p.Last().String()
	return last == ".At" || last == ".Span"
}, cmp.Ignore())

var tagParsers = map[reflect.Type]any{}

func tagParser[T any]() *participle.Parser[T] {
	key := reflect.TypeFor[T]()
	if tagParsers[key] == nil {
		options := []participle.Option{}
		if key == reflect.TypeFor[bodyTags]() {
			options = append(options, participle.Union[Node](&Layer{}))
		}
		tagParsers[key] = build[T](options...)
	}
	return tagParsers[key].(*participle.Parser[T])
}

// blamed is the token that an error is about.
func blamed(lex *stream, err error) int {
	if e, ok := err.(*participle.UnexpectedTokenError); ok {
		return e.Unexpected.Pos.Offset
	}
	return lex.Peek().Pos.Offset
}

func show(tokens []lexer.Token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		if words[i] = t.Value; t.Type == tEOL {
			words[i] = "⏎"
		}
	}
	return strings.Join(words, " ")
}

// corpus is every script of the tests and examples.
func corpus(t testing.TB) (texts []string) {
	t.Helper()
	for _, pattern := range []string{"testdata/*.cnnl", "../eval/testdata/*.cnnl", "../examples/*/*.cnnl"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, strings.Split(string(text), "\n---\n")...)
		}
	}
	if len(texts) < 10 {
		t.Fatalf("only %d scripts found", len(texts))
	}
	return texts
}

func tokensOf(text string) []lexer.Token {
	return slices.Clone(scan(NewSource("test", text), Limits{}.withDefaults(), nil, new(Diagnostics)))
}

// TestMethodsReadTheirTags runs every method and its tags on the statements
// of the corpus from every word on, and on random words.
func TestMethodsReadTheirTags(t *testing.T) {
	cases := corpusTokens(t)
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		cases = append(cases, randomTokens(r))
	}
	streams := make([]stream, len(cases))
	for i, tokens := range cases {
		streams[i] = *new(tokenList).fill(tokens)
	}
	for name, compare := range twins {
		t.Run(name, func(t *testing.T) {
			for i, tokens := range cases {
				compare(t, streams[i], tokens)
			}
		})
	}
}

// corpusTokens are the statements of the corpus from every word on, each once:
// the same words behind each other read the same wherever they stand.
func corpusTokens(t *testing.T) (cases [][]lexer.Token) {
	t.Helper()
	seen := map[string]bool{}
	for _, text := range corpus(t) {
		for _, statement := range statements(tokensOf(text)) {
			for from := range statement {
				words := ""
				for _, token := range statement[from:] {
					words += fmt.Sprintln(token.Type, token.Value)
				}
				if !seen[words] {
					seen[words] = true
					cases = append(cases, statement[from:])
				}
			}
		}
	}
	return cases
}

// statements cuts tokens at their line ends, at most a few words each.
func statements(tokens []lexer.Token) (list [][]lexer.Token) {
	for len(tokens) > 0 {
		n := slices.IndexFunc(tokens, func(t lexer.Token) bool { return t.Type == tEOL }) + 1
		if n == 0 {
			n = len(tokens)
		}
		if n <= 30 {
			list = append(list, tokens[:n])
		}
		tokens = tokens[n:]
	}
	return list
}

var vocabulary = strings.Fields(`conv c3 relu 20 3x3 0.5 $w $( ( ) [ ] { } + - * / // ** == < and or not no with = .params .out .. , total here in all true let if else "x"`)

func randomTokens(r *rand.Rand) []lexer.Token {
	words := make([]string, 1+r.IntN(8))
	for i := range words {
		words[i] = vocabulary[r.IntN(len(vocabulary))]
	}
	return tokensOf(strings.Join(words, " "))
}

// TestLiterals holds the grammar to the scanner: what the tags quote must
// come out of it as one token.
func TestLiterals(t *testing.T) {
	quoted := regexp.MustCompile(`'([^']+)'`)
	source, err := os.ReadFile("ast.go")
	if err != nil {
		t.Fatal(err)
	}
	var literals [][]string
	for _, tag := range regexp.MustCompile("`parser:.*`").FindAllString(string(source), -1) {
		literals = append(literals, quoted.FindAllStringSubmatch(tag, -1)...)
	}
	if len(literals) < 50 {
		t.Fatalf("only %d literals found", len(literals))
	}
	for _, m := range literals {
		if tokens := tokensOf("x " + m[1] + " x\n x ( x ) [ x ] $( x ) { x }"); !slices.ContainsFunc(tokens, func(t lexer.Token) bool { return t.Value == m[1] }) {
			t.Errorf("the scanner never gives %q", m[1])
		}
	}
}

// TestKeywords holds the reserved words to the statements that are read.
func TestKeywords(t *testing.T) {
	for word, usage := range keywords {
		if _, reads := readers[word]; reads != (usage != "") {
			t.Errorf("%s: a usage and a reader must go together", word)
		}
	}
}

// TestGrammarBuilds builds every production, so that a tag that participle
// cannot use is found here and not by a user.
func TestGrammarBuilds(t *testing.T) {
	for word := range readers {
		t.Run(word, func(t *testing.T) {
			file, diags := Parse(NewSource("t", fmt.Sprintf("%s\n", word)), Limits{})
			if len(diags.List) != 1 || len(file.Stmts) != 1 {
				t.Errorf("a bare %s: got %d statements, %v", word, len(file.Stmts), diags.List)
			}
		})
	}
}

// TestGrammarIsDocumented holds the reference's grammar to the tags. UPDATE=1
// writes it anew.
func TestGrammarIsDocumented(t *testing.T) {
	golden.Part(t, "../docs/language.md", "<!-- grammar -->\n", "<!-- end -->", "```ebnf\n"+ebnf()+"```\n")
}

// productions are the types of the syntax tree, as the reference lists them.
var productions = []any{
	Layer{}, Let{}, Block{}, UseStmt{}, Repeat{}, For{}, If{}, ExpectStmt{}, Assume{}, Freeze{}, From{}, Mark{}, Accept{}, Misconception{}, Slips{}, Differs{}, Title{}, Due{}, Late{},
	Amount{}, Body{}, Word{}, Part{}, Param{}, Arm{}, Item{}, Expr{}, OpTerm{}, Operand{}, Ref{}, Step{},
}

// ebnf prints the grammar from the tags.
func ebnf() string {
	var b strings.Builder
	b.WriteString("File      = Statement* .\nStatement = ")
	for i, p := range productions[:19] {
		if i > 0 {
			b.WriteString(" | ")
		}
		b.WriteString(reflect.TypeOf(p).Name())
	}
	b.WriteString(" .\n")
	for _, p := range productions {
		fmt.Fprintf(&b, "%-9s = %s .\n", reflect.TypeOf(p).Name(), production(reflect.TypeOf(p)))
	}
	return b.String()
}

// production joins a type's tags; @@ is the type of its field.
func production(typ reflect.Type) string {
	var parts []string
	for i := range typ.NumField() {
		field := typ.Field(i)
		tag, ok := field.Tag.Lookup("parser")
		if !ok {
			continue
		}
		of := field.Type
		for of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		name := map[string]string{"Stmt": "Statement", "Str": "String", "Lit": "( Number | Size | Dollar )", "Attr": "'.' Name"}[of.Name()]
		if name == "" {
			name = of.Name()
		}
		tag = strings.ReplaceAll(strings.ReplaceAll(tag, "@@", name), "@", "")
		parts = append(parts, strings.NewReplacer("(?= 'else' 'if') ", "", "( (?! 'within' | ('hidden' | 'after') EOL) Ref )+", "Ref+", "By", "'x'").Replace(tag))
	}
	return strings.Join(parts, " ")
}
