package lang

// A Precedence tells how tightly an operator binds its operands: the higher
// binds tighter, in the order that Python has. Zero is no operator.
type Precedence uint8

// The precedences, the loosest first.
const (
	Disjunction Precedence = iota + 1
	Conjunction
	Negation
	Comparison
	Addition
	Multiplication
	Minus // the sign
	Power
)

// spacing is where the formatter puts blanks around an operator.
type spacing uint8

const (
	spaced      spacing = iota // always: a + b
	tightInSum                 // not in a sum: 3*3*4 + 1
	tightInTerm                // not beside another operator: 2 ** k, but 2**k * 3
	tight                      // never: 3·3
)

// An Operator is one row of the table of operators.
type Operator struct {
	Text    string
	Between Precedence // of the operator between two operands; 0: it never stands there
	Before  Precedence // of the operator as the sign of one operand; 0: it is no sign
	Single  bool       // it does not chain: a < b < c has no meaning
	spacing spacing
}

// operators is everything that a script writes with signs, and the words and,
// or, not. The scanner reads the table in this order, so one that begins
// another stands behind it. Rows without a precedence are punctuation.
var operators = [...]Operator{
	{Text: "**", Between: Power, Single: true, spacing: tightInTerm},
	{Text: "//", Between: Multiplication, spacing: tightInSum},
	{Text: "==", Between: Comparison, Single: true},
	{Text: "!=", Between: Comparison, Single: true},
	{Text: "<=", Between: Comparison, Single: true},
	{Text: ">=", Between: Comparison, Single: true},
	{Text: ".."},
	{Text: "+", Between: Addition},
	{Text: "-", Between: Addition, Before: Minus},
	{Text: "*", Between: Multiplication, spacing: tightInSum},
	{Text: "·", Between: Multiplication, spacing: tight},
	{Text: "/", Between: Multiplication, spacing: tightInSum},
	{Text: "%", Between: Multiplication, spacing: tightInSum},
	{Text: "<", Between: Comparison, Single: true},
	{Text: ">", Between: Comparison, Single: true},
	{Text: "="},
	{Text: ","},
	{Text: "and", Between: Conjunction},
	{Text: "or", Between: Disjunction},
	{Text: "not", Before: Negation},
}

var operatorsByText = func() map[string]Operator {
	table := make(map[string]Operator, len(operators))
	for _, o := range operators {
		table[o.Text] = o
	}
	return table
}()

// Operators lists the table of operators, punctuation with it.
func Operators() []Operator { return operators[:] }

// Row is the operator's row of the table.
func (o Op) Row() Operator { return operatorsByText[o.Text] }

// computes reports an operator between two numbers that gives a number.
func (o Operator) computes() bool { return o.Between > Comparison }
