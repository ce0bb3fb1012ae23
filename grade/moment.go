package grade

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Moments, as teachers and platforms write them. The zone of a machine is never asked:
// a class may be graded on several.

// zones are how a zone is written behind a time; a moment without one is somebody else's
// to know.
var zones = [...]string{" Z07:00", "Z07:00", " Z0700", "Z0700", " Z07", "Z07"}

// momentOf reads a moment with its zone: 2026-11-30 23:59 +01:00, 2026-11-30T22:59:00Z.
func momentOf(text string) (at time.Time, ok bool) {
	text = plainMoment(text)
	for _, zone := range zones {
		for _, clock := range clocks {
			if at, err := time.Parse(clock+zone, text); err == nil {
				return at, true
			}
		}
	}
	return at, false
}

var clocks = [...]string{"2006-01-02 15:04", "2006-01-02 15:04:05"}

// plainMoment is a moment with one kind of sign between its parts.
func plainMoment(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 10 && (text[10] == 'T' || text[10] == 't') {
		text = text[:10] + " " + text[11:]
	}
	if len(text) > 10 && text[4] == '/' && text[7] == '/' {
		text = strings.ReplaceAll(text[:10], "/", "-") + text[10:]
	}
	if rest, ok := strings.CutSuffix(text, " UTC"); ok {
		text = rest + "Z"
	}
	return text
}

// MomentIn reads a moment, which is of a zone where it has none of its own. It reads
// what platforms make of one for people, too: Monday, 30 November 2026, 11:59 PM.
func MomentIn(text string, zone *time.Location) (at time.Time, ok bool) {
	if at, ok = momentOf(text); ok {
		return at, true
	}
	text = plainMoment(text)
	for _, clock := range clocks {
		if at, err := time.ParseInLocation(clock, text, zone); err == nil {
			return at, true
		}
	}
	return wordedMoment(text, zone)
}

// months are the names of the months in English, German, French, Spanish, Italian,
// Portuguese and Dutch.
var months = [...]string{
	"january januar jänner janvier enero gennaio janeiro januari",
	"february februar février febrero febbraio fevereiro februari",
	"march märz mars marzo março maart",
	"april avril abril aprile",
	"may mai mayo maggio maio mei",
	"june juni juin junio giugno junho",
	"july juli juillet julio luglio julho",
	"august août agosto augustus",
	"september septembre septiembre settembre setembro",
	"october oktober octobre octubre ottobre outubro",
	"november novembre noviembre novembro",
	"december dezember décembre diciembre dicembre dezembro",
}

// monthOf is the number of a month; 0: it is none.
func monthOf(word string) int {
	return 1 + slices.IndexFunc(months[:], func(names string) bool { return slices.Contains(strings.Fields(names), word) })
}

// wordedMoment reads a date with the name of a month. Its other words, such as the day
// of the week, say nothing that is needed.
func wordedMoment(text string, zone *time.Location) (at time.Time, ok bool) {
	month, day, year, clock := 0, "", "", ""
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == ',' }) {
		word = strings.TrimSuffix(word, ".")
		_, err := strconv.Atoi(word)
		switch m := monthOf(word); {
		case m > 0:
			month = m
		case strings.Contains(word, ":"), word == "am", word == "pm":
			clock = strings.TrimSpace(clock + " " + word)
		case err == nil && len(word) == 4:
			year = word
		case err == nil:
			day = word
		}
	}
	date := fmt.Sprintf("%s-%d-%s %s", year, month, day, clock)
	for _, layout := range [...]string{"2006-1-2 15:04", "2006-1-2 15:04:05", "2006-1-2 3:04 pm", "2006-1-2 3:04:05 pm"} {
		if at, err := time.ParseInLocation(layout, date, zone); err == nil {
			return at, true
		}
	}
	return at, false
}

// spanSaid is a span of time in the two largest of its units.
func spanSaid(d time.Duration) string {
	var words []string
	for _, unit := range [...]struct {
		of   time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		n := d / unit.of
		d -= n * unit.of
		if n == 1 {
			words = append(words, "1 "+unit.name)
		} else if n > 1 {
			words = append(words, fmt.Sprintf("%d %ss", n, unit.name))
		}
		if len(words) == 2 {
			break
		}
	}
	if len(words) == 0 {
		return "less than a second"
	}
	return strings.Join(words, " and ")
}

// said is the text of a cell; platforms write - for what there is not.
func said(cell string) string {
	if cell = strings.TrimSpace(cell); cell == "-" {
		return ""
	}
	return cell
}
