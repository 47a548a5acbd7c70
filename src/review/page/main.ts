/**
 * Starts the page. The code in the fragment goes out at once, while the browser still reads the script of the desk
 * (desk.tsx), so that the first task is there when the desk is.
 */
import { arrive } from './model/arrival.ts'
import './style.css'

const arrival = arrive(location.hash)
// The code leaves the address at once: it is worth nothing after this call.
if (location.hash.startsWith('#t=')) history.replaceState(null, '', '/')
// The first words cost the reading of fonts with all of Chinese: while the desk answers, not before it is asked.
document.querySelector('main[hidden]')?.removeAttribute('hidden')
void import('./desk.tsx').then(({ openDesk }) => openDesk(arrival))
