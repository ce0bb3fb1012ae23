package calc

// Mark is what tells an expression of a marked sheet from others.
func (e Expr) Mark() (mark int32, value int64) { return e.at, e.value }

// markOf mixes what a node is of, as FNV-1a does bytes: a term's name, axis and
// value, or an operation and the marks of its operands.
func markOf(n node) int32 {
	if n.op != term {
		return int32((uint32(n.a)*fnvPrime^uint32(n.b))*fnvPrime + uint32(n.op))
	}
	h := uint32(2166136261)
	for _, text := range [...]string{n.name, n.along} {
		for i := range len(text) {
			h = (h ^ uint32(text[i])) * fnvPrime
		}
	}
	return int32((h^uint32(n.value))*fnvPrime ^ uint32(n.value>>32))
}

const fnvPrime = 16777619
