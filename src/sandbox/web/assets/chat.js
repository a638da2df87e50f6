// Comfort only: every page reads and works without it.
const field = () => document.getElementById('text')
const form = () => document.getElementById('write')

/** The field grows with its words, up to a third of the screen (see the style sheet). */
function grow(area) {
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight + 2}px`
}

/** What the empty field asks for. */
function hint() {
  const words = document.getElementById('aim')?.dataset.placeholder
  if (field() && words) field().placeholder = words
}

function showAttached() {
  const line = document.querySelector('.attached')
  const files = [...(form()?.querySelector('input[type=file]')?.files ?? [])]
  if (!line) return
  line.hidden = files.length === 0
  line.querySelector('span').textContent = files.map(({ name }) => name).join(', ')
  line.querySelector('label').hidden = !files.every(({ type }) => type.startsWith('image/'))
}

document.addEventListener('input', (event) => {
  if (event.target === field()) grow(event.target)
})

document.addEventListener('change', (event) => {
  if (event.target.type === 'file') showAttached()
})

document.addEventListener('keydown', (event) => {
  if (event.isComposing) return
  const touch = matchMedia('(pointer: coarse)').matches
  if (event.target === field() && event.key === 'Enter' && !event.shiftKey && !touch) {
    event.preventDefault()
    const file = form().querySelector('input[type=file]')
    if (event.target.value.trim() !== '' || file.value !== '') form().requestSubmit()
  }
  if (event.key !== 'Escape') return
  const menu = document.querySelector('details.commands[open]')
  if (menu) {
    menu.open = false
    menu.querySelector('summary').focus()
  } else document.querySelector('#aim a')?.click()
})

document.addEventListener('click', (event) => {
  const menu = document.querySelector('details.commands[open]')
  if (menu && (!menu.contains(event.target) || event.target.closest('#commands button'))) menu.open = false
  if (event.target.closest('.attached button')) {
    form().querySelector('input[type=file]').value = ''
    showAttached()
  }
})

document.addEventListener('paste', (event) => {
  const [file] = event.clipboardData?.files ?? []
  const input = form()?.querySelector('input[type=file]')
  if (!file || !input) return
  input.files = event.clipboardData.files
  showAttached()
})

// htmx overlooks the pressed button where it stands outside its form.
document.addEventListener('htmx:configRequest', ({ detail }) => {
  const button = detail.triggeringEvent?.submitter
  if (button?.name && !detail.formData.has(button.name)) detail.formData.append(button.name, button.value)
})

// The field is free as soon as its words are on their way; they come back if they did not arrive.
let underWay = ''

document.addEventListener('htmx:beforeSend', ({ detail }) => {
  if (detail.elt.id !== 'write') return
  underWay = field().value
  field().value = ''
  grow(field())
})

document.addEventListener('htmx:afterRequest', ({ detail }) => {
  if (detail.elt.id !== 'write') return
  if (!detail.successful) field().value ||= underWay
  else {
    form().querySelector('input[type=file]').value = ''
    form().querySelector('input[type=checkbox]').checked = false
    showAttached()
  }
  grow(field())
  field().focus()
})

document.addEventListener('htmx:sendError', () => lost(true))

function lost(isLost) {
  document.getElementById('lost').hidden = !isLost
}

// Answering or correcting begins at the field.
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target?.id !== 'aim') return
  hint()
  const words = document.getElementById('aim').dataset.words
  if (words !== undefined) field().value = words
  grow(field())
  field().focus()
})

document.addEventListener('htmx:oobAfterSwap', (event) => {
  const { target } = event.detail
  if (!target) return
  if (target.id === 'aim') hint()
  if (target.id === 'toasts') insist()
  if (target.id === 'calls') for (const old of [...target.children].slice(80)) old.remove()
  if (target.id === 'calls') target.querySelector('.none')?.remove()
  if (document.querySelector('[data-stale]')) location.reload()
})

document.addEventListener('htmx:sseError', () => lost(true))

// A browser keeps few connections to one address, so a page that nobody looks at gives its own back.
let stream
let seen

document.addEventListener('htmx:sseOpen', ({ detail }) => {
  stream = detail.source
  lost(false)
})

document.addEventListener('htmx:sseMessage', ({ detail }) => {
  seen = detail.lastEventId || seen
})

document.addEventListener('visibilitychange', () => {
  if (document.hidden) stream?.close()
  else if (stream?.readyState === EventSource.CLOSED) listenAgain()
})

/** Goes on from the last change that arrived. */
function listenAgain() {
  const old = document.querySelector('[sse-connect]')
  const line = old.cloneNode(true)
  const address = new URL(old.getAttribute('sse-connect'), location.href)
  if (seen) address.searchParams.set('since', seen)
  line.setAttribute('sse-connect', address.pathname + address.search)
  old.replaceWith(line)
  htmx.process(line)
}

/** A box to put away keeps the keyboard until it is, and gives it back where it was. */
function insist() {
  for (const box of document.querySelectorAll('dialog.alert[open]:not(:modal)')) {
    box.open = false
    box.showModal()
    box.addEventListener('close', () => box.remove())
  }
}

// Passing words pass.
document.addEventListener('animationend', (event) => {
  if (event.target.classList.contains('toast')) event.target.remove()
})

if (field()) grow(field())
insist()
